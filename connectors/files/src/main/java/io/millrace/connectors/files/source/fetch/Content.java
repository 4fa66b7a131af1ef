package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens what files hold: unpacked, and where they hold text, as UTF-8. Thread-safe. */
public final class Content implements Texts {
  private static final int SKIP_BYTES = 64 << 10;

  private final FileStorage storage;
  private final Spool spool;

  /** Reads from a storage; archives of remote files pass through the spool. */
  public Content(FileStorage storage, Spool spool) {
    this.storage = storage;
    this.spool = spool;
  }

  /**
   * Text as it is read.
   *
   * @param input the text in UTF-8, perhaps with a byte order mark; closed by the caller
   * @param direct its bytes are those of the file, so that it can be opened anywhere at no cost
   * @param charset the encoding of the file
   */
  public record Text(InputStream input, boolean direct, Charset charset) {}

  @Override
  public Text text(FileVersion file, Optional<Charset> encoding, long offset)
      throws InterruptedException {
    try {
      return opened(file, encoding, offset);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Opens the unpacked bytes of a file. */
  public InputStream bytes(FileVersion file) throws InterruptedException {
    try {
      Head head = head(file);
      return head.compression == Compression.PLAIN ? head.input : unpacked(file, head);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  @Override
  public boolean isLocal(FileVersion file) {
    return storage.localPath(file) != null;
  }

  /** Returns the name that a file has without compression: that of the file in a zip archive. */
  public String innerName(FileVersion file) throws InterruptedException {
    try (Spool.Lease lease = spool.lease(file)) {
      return ZipContent.entryName(lease.path(), file.name());
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Sorts a failure of reading: damaged content is for the user, the rest may pass. */
  public static RuntimeException failure(FileVersion file, IOException cause) {
    if (Damage.isDamage(cause)) {
      return new ConfigException(
          "file_damaged",
          FileErrors.quoted(file.path())
              + " is damaged or cut short: its compression does not work out. Fetch it again.",
          String.valueOf(cause),
          cause);
    }
    return FileErrors.broken(file.path(), cause);
  }

  private Text opened(FileVersion file, Optional<Charset> encoding, long offset)
      throws IOException, InterruptedException {
    Head head = head(file);
    InputStream unpacked = head.compression == Compression.PLAIN ? null : unpacked(file, head);
    Head text = unpacked == null ? head : Head.of(unpacked);
    Charset charset = encoding.orElseGet(text::marked);
    boolean utf8 = Encodings.isUtf8(charset);
    if (unpacked == null && utf8) {
      if (offset == 0) {
        return new Text(head.input, true, charset);
      }
      head.input.close();
      return new Text(storage.open(file, offset), true, charset);
    }
    InputStream input = utf8 ? text.input : new Utf8Input(text.input, charset);
    try {
      skip(input, offset);
      return new Text(input, false, charset);
    } catch (IOException | RuntimeException | Error | InterruptedException e) {
      input.close();
      throw e;
    }
  }

  private Head head(FileVersion file) throws IOException, InterruptedException {
    return Head.of(storage.open(file, 0));
  }

  private InputStream unpacked(FileVersion file, Head head)
      throws IOException, InterruptedException {
    if (head.compression == Compression.ZIP) {
      head.input.close();
      return unzipped(file);
    }
    CountedInput packed = new CountedInput(head.input);
    try {
      InputStream unpacked = head.compression.unpack(packed);
      return new BoundedExpansion(unpacked, file.path(), packed::count);
    } catch (IOException | RuntimeException | Error e) {
      packed.close();
      throw e;
    }
  }

  private InputStream unzipped(FileVersion file) throws IOException, InterruptedException {
    Spool.Lease lease = spool.lease(file);
    try {
      return new LeasedInput(ZipContent.open(lease.path(), file.name()), lease);
    } catch (IOException | RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** Passes over bytes; the end of the stream ends it too. */
  public static void skip(InputStream input, long bytes) throws IOException, InterruptedException {
    byte[] buffer = new byte[SKIP_BYTES];
    long left = bytes;
    while (left > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int read = input.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  /** A stream whose first bytes have been looked at. */
  private record Head(InputStream input, Compression compression, @Nullable Charset mark) {
    static Head of(InputStream stream) throws IOException {
      try {
        byte[] first = stream.readNBytes(Compression.HEAD_BYTES);
        return new Head(
            new SequenceInputStream(new ByteArrayInputStream(first), stream),
            Compression.of(first, first.length),
            Encodings.marked(first, first.length));
      } catch (IOException | RuntimeException | Error e) {
        stream.close();
        throw e;
      }
    }

    Charset marked() {
      return mark == null ? StandardCharsets.UTF_8 : mark;
    }
  }
}
