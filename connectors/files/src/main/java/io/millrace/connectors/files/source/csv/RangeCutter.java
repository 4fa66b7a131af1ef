package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.value.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds places in a text where records begin, about equally far apart, by one fast pass that knows
 * at each byte whether it is within quotes. Where quotes are used in a way that leaves this open,
 * there are no such places.
 */
public final class RangeCutter {
  private static final int CHUNK_BYTES = 1 << 20;

  private enum State {
    OUTSIDE,
    QUOTED,
    BEHIND_QUOTE,
    BEHIND_RETURN
  }

  private final Dialect dialect;
  private final long newlines;
  private final long quotes;
  private final long distance;
  private final List<Position> cuts = new ArrayList<>();

  private State state = State.OUTSIDE;
  private byte before = '\n';
  private long lines;
  private long offset;
  private long nextCut;
  private boolean ambiguous;

  /** Not behind the place where the record being passed begins. */
  private long recordStart;

  /**
   * @param distance the number of bytes between two places
   */
  public RangeCutter(Dialect dialect, long distance) {
    this.dialect = dialect;
    this.newlines = Bytes.repeat(dialect.newline());
    this.quotes = dialect.quote() == Dialect.NONE ? newlines : Bytes.repeat((byte) dialect.quote());
    this.distance = distance;
  }

  /**
   * Returns the places, the first of which is {@code start}; only that one where quotes leave it
   * open, or escapes are used.
   *
   * @param input begins at {@code start}
   */
  public List<Position> cut(InputStream input, Position start)
      throws IOException, InterruptedException {
    cuts.add(start);
    if (dialect.escape() != Dialect.NONE) {
      return cuts;
    }
    before = dialect.newline();
    offset = start.offset();
    lines = start.line();
    recordStart = offset;
    nextCut = offset + distance;
    byte[] chunk = new byte[CHUNK_BYTES + Bytes.PADDING];
    int length = input.readNBytes(chunk, 0, CHUNK_BYTES);
    while (length > 0 && !ambiguous) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      chunk(chunk, length);
      offset += length;
      before = chunk[length - 1];
      length = input.readNBytes(chunk, 0, CHUNK_BYTES);
    }
    return ambiguous || state == State.QUOTED ? List.of(start) : cuts;
  }

  private void chunk(byte[] data, int length) {
    int at = 0;
    while (at < length && !ambiguous) {
      at =
          switch (state) {
            case OUTSIDE -> outside(data, at, length);
            case QUOTED -> quoted(data, at, length);
            case BEHIND_QUOTE -> behindQuote(data, at);
            case BEHIND_RETURN -> behindReturn(data, at);
          };
    }
  }

  /** Goes on to the next quote that opens a field, and notes the cuts on the way. */
  private int outside(byte[] data, int from, int length) {
    int at = from;
    while (at < length) {
      long word = Bytes.word(data, at);
      boolean plain = at + Long.BYTES <= length && Bytes.hits(word, quotes) == 0;
      if (dialect.quote() == Dialect.NONE) {
        plain = at + Long.BYTES <= length;
      }
      if (plain && offset + at + Long.BYTES < nextCut) {
        if (Bytes.hits(word, newlines) != 0) {
          lines += Bytes.count(word, newlines);
          recordStart = offset + at;
        }
        at += Long.BYTES;
        continue;
      }
      int end = Math.min(length, at + Long.BYTES);
      for (; at < end; at++) {
        byte found = data[at];
        if (found == dialect.newline()) {
          lines++;
          recordStart = offset + at;
          cutBehind(at);
        } else if (found == dialect.quote() && opens(at == 0 ? before : data[at - 1])) {
          state = State.QUOTED;
          return at + 1;
        }
      }
    }
    return length;
  }

  private void cutBehind(int at) {
    long next = offset + at + 1;
    if (next >= nextCut) {
      cuts.add(new Position(next, lines));
      nextCut = next + distance;
    }
  }

  private boolean opens(byte previous) {
    return previous == dialect.separator() || previous == dialect.newline();
  }

  private int quoted(byte[] data, int from, int length) {
    int at = from;
    while (at < length) {
      long word = Bytes.word(data, at);
      if (at + Long.BYTES <= length && Bytes.hits(word, quotes) == 0) {
        lines += Bytes.count(word, newlines);
        at += Long.BYTES;
        continue;
      }
      int end = Math.min(length, at + Long.BYTES);
      for (; at < end; at++) {
        if (data[at] == dialect.newline()) {
          lines++;
        } else if (data[at] == dialect.quote()) {
          // A reader gives up on such a record and goes on within it.
          ambiguous = offset + at - recordStart > InputWindow.RECORD_BYTES_MAX - CHUNK_BYTES;
          state = State.BEHIND_QUOTE;
          return at + 1;
        }
      }
    }
    return length;
  }

  private int behindQuote(byte[] data, int at) {
    byte found = data[at];
    if (found == dialect.quote()) {
      state = State.QUOTED;
      return at + 1;
    }
    if (found == '\r' && dialect.newline() == Dialect.LINE_FEED) {
      state = State.BEHIND_RETURN;
      return at + 1;
    }
    state = State.OUTSIDE;
    ambiguous = found != dialect.separator() && found != dialect.newline();
    return at;
  }

  private int behindReturn(byte[] data, int at) {
    state = State.OUTSIDE;
    ambiguous = data[at] != dialect.newline();
    return at;
  }
}
