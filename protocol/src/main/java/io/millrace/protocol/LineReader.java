package io.millrace.protocol;

import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of bytes from a stream. A line is valid until the next one. For one thread. */
final class LineReader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LINE_BYTES_MAX = 1 << 29;

  private final InputStream in;
  private byte[] bytes = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private int filled;
  private boolean ended;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false at the end of the stream. */
  boolean next() throws IOException {
    start = start == 0 && end == 0 ? 0 : Math.min(end + 1, filled);
    int searched = start;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (bytes[i] == '\n') {
          end = i;
          return true;
        }
      }
      int behind = filled - start;
      if (ended) {
        end = filled;
        return behind > 0;
      }
      fill();
      searched = start + behind;
    }
  }

  byte[] array() {
    return bytes;
  }

  int offset() {
    return start;
  }

  int length() {
    return end - start;
  }

  /** Tells whether more input is there already, so that reading on does not wait. */
  boolean moreWaiting() throws IOException {
    return end + 1 < filled || in.available() > 0;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == bytes.length) {
      if (bytes.length >= LINE_BYTES_MAX) {
        throw new ConfigException(
            "line_too_long", "A message on stdin is longer than " + LINE_BYTES_MAX + " bytes.");
      }
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int read = in.read(bytes, filled, bytes.length - filled);
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
    }
  }
}
