package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Unpacked bytes that end with a failure when they are more than their packed form explains. */
final class BoundedExpansion extends FilterInputStream {
  /** What any file may unpack to. */
  static final long FREE_BYTES = 1L << 30;

  /** What each packed byte may become beyond that; gzip itself reaches 1032. */
  static final long RATIO_MAX = 2_000;

  private final String name;
  private final LongSupplier packedBytes;
  private long unpackedBytes;

  BoundedExpansion(InputStream unpacked, String name, LongSupplier packedBytes) {
    super(unpacked);
    this.name = name;
    this.packedBytes = packedBytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) {
    unpackedBytes += bytes;
    if (unpackedBytes > FREE_BYTES && unpackedBytes / RATIO_MAX > packedBytes.getAsLong()) {
      throw new ConfigException(
          "zip_bomb",
          FileErrors.quoted(name)
              + " unpacks to more than "
              + RATIO_MAX
              + " times its size, which looks like an attack. Unpack it by hand if it is meant"
              + " so.");
    }
  }
}
