package io.millrace.server.query;

import io.millrace.spi.SystemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds output back until it is whole: in memory, from {@link #MEMORY_BYTES_MAX} on in a temporary
 * file. Not thread-safe.
 */
final class Spool extends OutputStream {
  static final int MEMORY_BYTES_MAX = 4 << 20;

  private static final int BUFFER_BYTES = 64 << 10;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    memory.write(bytes, offset, length);
    if (memory.size() >= (out == null ? MEMORY_BYTES_MAX : BUFFER_BYTES)) {
      spill();
    }
  }

  private void spill() throws IOException {
    if (out == null) {
      file = Files.createTempFile("millrace-query-", ".tmp");
      out = Files.newOutputStream(file);
    }
    memory.writeTo(out);
    memory.reset();
  }

  /** Passes everything on, as long as somebody takes it. */
  void copyTo(PrintStream taker) throws IOException {
    if (file != null) {
      try (var in = Files.newInputStream(file)) {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0 && !taker.checkError(); n = in.read(buffer)) {
          taker.write(buffer, 0, n);
        }
      }
    }
    memory.writeTo(taker);
    taker.flush();
  }

  @Override
  public void close() throws IOException {
    if (out != null && file != null) {
      out.close();
      Files.delete(file);
    }
  }

  /** Returns what to say of a file that cannot be written. */
  static SystemException failure(IOException e) {
    return new SystemException(
        "query_spool",
        "The result cannot be kept in a temporary file ("
            + e.getClass().getSimpleName()
            + "). Make room in "
            + System.getProperty("java.io.tmpdir")
            + ", or ask for fewer rows.",
        e.toString(),
        e);
  }
}
