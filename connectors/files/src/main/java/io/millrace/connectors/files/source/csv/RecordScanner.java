package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.Bytes;

/**
 * Finds where records and their fields end, eight bytes at a time.
 *
 * <p>A quote opens a field only as its first byte; elsewhere it is an ordinary byte. Behind a
 * closing quote only a separator or the end of the record may follow. A record that breaks this
 * rule, or whose quotes are never closed, is malformed up to the end of its first line, and the
 * next line begins a record: one stray quote costs one line and never the rest of the file.
 */
final class RecordScanner {
  private static final int INCOMPLETE = -1;
  private static final int BROKEN = -2;

  private final byte separator;
  private final byte newline;

  private final boolean emptyRows;

  /** What belongs to the newline behind it. */
  private final int beforeNewline;

  private final int quote;
  private final int escape;
  private final long separators;
  private final long newlines;
  private final long quotes;
  private final long escapes;
  private final int fields;

  private byte[] data = {};
  private int limit;
  private boolean last;
  private FieldIndex index;

  /** The flags of the field being read. */
  private int flags;

  /** Where the last byte is that an escape outside of quotes stands before. */
  private int escapedAt;

  /** Line breaks within the record being read. */
  private int innerLines;

  /**
   * @param fields how many fields a record must have
   */
  RecordScanner(Dialect dialect, int fields) {
    this.separator = dialect.separator();
    this.newline = dialect.newline();
    this.emptyRows = fields == 1 && dialect.emptyLine() == Dialect.Empty.ROW;
    this.beforeNewline = newline == Dialect.LINE_FEED ? '\r' : Dialect.NONE;
    this.quote = dialect.quote();
    this.escape = dialect.escape();
    this.separators = Bytes.repeat(separator);
    this.newlines = Bytes.repeat(newline);
    this.quotes = quote == Dialect.NONE ? newlines : Bytes.repeat((byte) quote);
    this.escapes = escape == Dialect.NONE ? newlines : Bytes.repeat((byte) escape);
    this.fields = fields;
    this.index = new FieldIndex(fields, 1);
  }

  /**
   * Fills the index with the complete records of a range of padded data, and stops at the range's
   * end or when the index is full.
   *
   * @param from where a record begins; above 0
   * @param last the data end at {@code limit}, and so does the record there
   * @return where the first record begins that is not in the index
   */
  int scan(byte[] data, int from, int limit, boolean last, FieldIndex index) {
    this.data = data;
    this.limit = limit;
    this.last = last;
    this.index = index;
    int start = from;
    while (true) {
      start = plainRecords(start);
      if (start >= limit || index.full()) {
        return start;
      }
      int next = record(start);
      if (next == INCOMPLETE) {
        return start;
      }
      if (next == BROKEN) {
        int lineEnd = Bytes.indexOf(data, start, limit, newline);
        if (lineEnd == limit && !last) {
          return start;
        }
        next = brokenLine(start, lineEnd);
      }
      start = next;
    }
  }

  /**
   * Indexes records as long as there is nothing but fields of the right number: no quotes that open
   * a field, no escapes, no end of the data.
   *
   * @return where the first record begins that is not in the index
   */
  private int plainRecords(int from) {
    byte[] data = this.data;
    FieldIndex index = this.index;
    int[] ends = index.ends;
    int stop = index.rowsMax * index.stride;
    int base = index.rows * index.stride;
    if (base == stop) {
      return from;
    }
    int start = from;
    int slot = base + 1;
    int lastSlot = base + fields;
    ends[base] = start - 1;
    scan:
    for (int at = start; at + Long.BYTES <= limit; at += Long.BYTES) {
      long hits = hits(Bytes.word(data, at));
      while (hits != 0) {
        int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
        byte found = data[hit];
        if (found == separator) {
          if (slot == lastSlot) {
            break scan;
          }
          ends[slot++] = hit;
        } else if (found == newline) {
          if (slot != lastSlot || hit == start) {
            break scan;
          }
          boolean carriageReturn = data[hit - 1] == beforeNewline && hit - 1 > ends[slot - 1];
          ends[slot] = carriageReturn ? hit - 1 : hit;
          start = hit + 1;
          base = slot + 1;
          if (base == stop) {
            break scan;
          }
          ends[base] = hit;
          slot = base + 1;
          lastSlot = base + fields;
        } else if ((found == quote && hit - 1 == ends[slot - 1]) || found == escape) {
          break scan;
        }
      }
    }
    int rows = base / index.stride;
    index.lines += rows - index.rows;
    index.rows = rows;
    return start;
  }

  /**
   * Indexes the one record that begins at {@code from}; parameters as above.
   *
   * @return where the next begins, or a negative number when the record does not end within the
   *     data or its quotes are broken
   */
  int scanOne(byte[] data, int from, int limit, boolean last, FieldIndex index) {
    this.data = data;
    this.limit = limit;
    this.last = last;
    this.index = index;
    return record(from);
  }

  /**
   * Gives up the record that begins at {@code from}: its first line goes to the index as malformed.
   *
   * @return where the next line begins, or -1 when the data hold no end of the line
   */
  int giveUp(byte[] data, int from, int limit, FieldIndex index) {
    this.index = index;
    this.limit = limit;
    int lineEnd = Bytes.indexOf(data, from, limit, newline);
    return lineEnd == limit ? -1 : brokenLine(from, lineEnd);
  }

  /** Indexes one record and returns where the next begins. */
  private int record(int start) {
    int[] ends = index.ends;
    int base = index.rows * index.stride;
    int slot = base + 1;
    int lastSlot = base + fields;
    int extra = 0;
    int fieldStart = start;
    int at = start;
    ends[base] = start - 1;
    flags = 0;
    innerLines = 0;
    escapedAt = -1;
    while (at < limit) {
      long hits = hits(Bytes.word(data, at));
      int from = at;
      at += Long.BYTES;
      while (hits != 0) {
        int hit = from + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
        if (hit >= limit) {
          break;
        }
        byte found = data[hit];
        if (found == separator) {
          if (slot < lastSlot) {
            ends[slot++] = hit | flags;
          } else {
            extra++;
          }
          flags = 0;
          fieldStart = hit + 1;
        } else if (found == newline) {
          return endRecord(start, slot, fieldStart, hit, extra);
        } else if (found == quote && hit == fieldStart) {
          at = closing(hit + 1);
          if (at < 0) {
            return at;
          }
          hits = 0;
        } else if (found == escape) {
          if (hit + 1 >= limit) {
            return last ? BROKEN : INCOMPLETE;
          }
          flags |= FieldIndex.ESCAPED;
          innerLines += data[hit + 1] == newline ? 1 : 0;
          escapedAt = hit + 1;
          at = hit + 2;
          hits = 0;
        }
      }
    }
    return last ? endRecord(start, slot, fieldStart, limit, extra) : INCOMPLETE;
  }

  private long hits(long word) {
    long hits = Bytes.hits(word, separators) | Bytes.hits(word, newlines);
    hits |= Bytes.hits(word, quotes);
    return escape == Dialect.NONE ? hits : hits | Bytes.hits(word, escapes);
  }

  private int endRecord(int start, int slot, int fieldStart, int lineEnd, int extra) {
    int end = lineEnd;
    if (end > fieldStart && data[end - 1] == beforeNewline && end - 1 != escapedAt) {
      end--;
    }
    index.lines += 1 + innerLines;
    boolean nothing = end == start && !emptyRows;
    if (slot == index.rows * index.stride + fields && extra == 0 && !nothing) {
      index.ends[slot] = end | flags;
      index.rows++;
    } else if (end > start) {
      index.fault(start, end, slot - index.rows * index.stride + extra);
    }
    return Math.min(limit, lineEnd + 1);
  }

  /** Returns the byte behind the closing quote of a field whose content begins at {@code from}. */
  private int closing(int from) {
    flags |= FieldIndex.QUOTED;
    int at = from;
    while (at < limit) {
      long word = Bytes.word(data, at);
      long hits = Bytes.hits(word, quotes) | Bytes.hits(word, newlines);
      if (escape != Dialect.NONE) {
        hits |= Bytes.hits(word, escapes);
      }
      int next = at + Long.BYTES;
      while (hits != 0) {
        int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
        if (hit >= limit) {
          break;
        }
        byte found = data[hit];
        if (found == newline) {
          innerLines++;
        } else if (found == escape || (found == quote && doubled(hit))) {
          if (hit + 1 >= limit) {
            return last ? BROKEN : INCOMPLETE;
          }
          flags |= FieldIndex.ESCAPED;
          innerLines += found == escape && data[hit + 1] == newline ? 1 : 0;
          next = hit + 2;
          break;
        } else if (found == quote) {
          return behindQuote(hit + 1);
        }
      }
      at = next;
    }
    return last ? BROKEN : INCOMPLETE;
  }

  private boolean doubled(int hit) {
    return hit + 1 < limit && data[hit + 1] == quote;
  }

  private int behindQuote(int at) {
    if (at >= limit) {
      return last ? at : INCOMPLETE;
    }
    byte behind = data[at];
    if (behind == separator || behind == newline) {
      return at;
    }
    if (behind != '\r' || newline != Dialect.LINE_FEED) {
      return BROKEN;
    }
    if (at + 1 >= limit) {
      return last ? at : INCOMPLETE;
    }
    return data[at + 1] == newline ? at : BROKEN;
  }

  private int brokenLine(int start, int lineEnd) {
    index.lines++;
    index.fault(start, lineEnd, 0);
    return Math.min(limit, lineEnd + 1);
  }
}
