package io.millrace.connectors.files.source.fetch;

import io.millrace.connectors.files.source.value.Bytes;
import java.io.IOException;

/**
 * The lines of a text, one at a time and in place. A line longer than {@link
 * InputWindow#RECORD_BYTES_MAX} is passed over and reported as such. Used by one thread.
 */
public final class LineWindow {
  private final InputWindow window;
  private int next;
  private int end;
  private boolean endless;
  private long offset;
  private long line;

  /**
   * @param offset the place of the window's first byte in the text
   * @param line the line it is in, counted from 1
   */
  public LineWindow(InputWindow window, long offset, long line) {
    this.window = window;
    this.next = window.start;
    this.offset = offset;
    this.line = line;
  }

  /**
   * Goes on to the next line.
   *
   * @return false at the end of the text
   */
  public boolean advance() throws IOException {
    if (endless) {
      skipRest();
    }
    window.start = next;
    int searched = next;
    while (true) {
      int found = Bytes.indexOf(window.data, searched, window.limit, (byte) '\n');
      if (found < window.limit || window.ended) {
        return take(found);
      }
      int seen = window.limit - window.start;
      if (!window.fill()) {
        endless = true;
        next = window.limit;
        end = window.limit;
        offset += seen;
        line++;
        return true;
      }
      searched = window.start + seen;
    }
  }

  /** Returns the buffer that holds the line. */
  public byte[] data() {
    return window.data;
  }

  /** Returns where the line begins in the buffer. */
  public int start() {
    return window.start;
  }

  /** Returns where it ends, without the end of line. */
  public int end() {
    return end;
  }

  /** Tells whether the line is too long, so that only its beginning is in the buffer. */
  public boolean isEndless() {
    return endless;
  }

  /** Returns the place behind the line in the text. */
  public long offset() {
    return offset;
  }

  /** Returns the number of the line behind this one. */
  public long nextLine() {
    return line;
  }

  private boolean take(int found) {
    if (window.start == window.limit) {
      return false;
    }
    next = Math.min(window.limit, found + 1);
    end = found > window.start && window.data[found - 1] == '\r' ? found - 1 : found;
    offset += next - window.start;
    line++;
    return true;
  }

  /** Passes over what is left of a line that is too long. */
  private void skipRest() throws IOException {
    endless = false;
    int found = window.limit;
    while (found == window.limit && !window.ended) {
      window.discard();
      window.fill();
      found = Bytes.indexOf(window.data, window.start, window.limit, (byte) '\n');
      next = Math.min(window.limit, found + 1);
      offset += next - window.start;
    }
  }
}
