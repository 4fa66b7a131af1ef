package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Skips over the strings of a JSON text. For {@code jsonb} it also refuses what that type cannot
 * hold although JSON can write it: the escape of NUL, and halves of surrogate pairs.
 */
final class JsonStrings {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final int HEX_DIGITS = 4;

  private final boolean forJsonb;
  private boolean refusedEscape;
  private boolean halfPair;

  JsonStrings(boolean forJsonb) {
    this.forJsonb = forJsonb;
  }

  /** Tells whether the last failure was an escape that only {@code jsonb} refuses; forgets it. */
  boolean refusedEscape() {
    boolean was = refusedEscape;
    refusedEscape = false;
    return was;
  }

  /** Returns the address after the closing quote, or -1 when the string is not valid. */
  long skip(long start, long end) {
    long at = start;
    halfPair = false;
    while (true) {
      at = skipPlain(at, end);
      if (at >= end) {
        return -1;
      }
      int found = MemoryUtil.getByte(at) & 0xFF;
      if (found != '\\') {
        if (halfPair) {
          refusedEscape = true;
          return -1;
        }
        if (found == '"') {
          return at + 1;
        }
        if (found < ' ') {
          return -1;
        }
        at++;
        continue;
      }
      at = skipEscape(at + 1, end);
      if (at < 0) {
        return -1;
      }
    }
  }

  /** Skips words of eight bytes without a quote, backslash or control character. */
  private long skipPlain(long start, long end) {
    long at = start;
    while (!halfPair && at + Long.BYTES <= end) {
      long word = MemoryUtil.getLong(at);
      long below = (word - SPACES) & ~word;
      if (((zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | below) & HIGH_BITS) != 0) {
        return at;
      }
      at += Long.BYTES;
    }
    return at;
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }

  private long skipEscape(long start, long end) {
    if (start >= end) {
      return -1;
    }
    int kind = MemoryUtil.getByte(start);
    if (kind == 'u') {
      return skipUnicode(start + 1, end);
    }
    if (halfPair) {
      refusedEscape = true;
      return -1;
    }
    return "\"\\/bfnrt".indexOf(kind) >= 0 ? start + 1 : -1;
  }

  private long skipUnicode(long start, long end) {
    if (start + HEX_DIGITS > end) {
      return -1;
    }
    int unit = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit = Character.digit(MemoryUtil.getByte(start + i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    if (forJsonb && !pairs((char) unit)) {
      refusedEscape = true;
      return -1;
    }
    return start + HEX_DIGITS;
  }

  /** Follows surrogate pairs; tells whether the unit may stand here. */
  private boolean pairs(char unit) {
    if (Character.isLowSurrogate(unit) != halfPair || unit == 0) {
      return false;
    }
    halfPair = Character.isHighSurrogate(unit);
    return true;
  }
}
