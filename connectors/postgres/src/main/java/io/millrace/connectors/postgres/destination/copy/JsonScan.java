package io.millrace.connectors.postgres.destination.copy;

import java.util.BitSet;
import org.apache.arrow.memory.util.MemoryUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a text is one JSON value as RFC 8259 has it, read where it lies; see {@link
 * JsonStrings} for what {@code jsonb} refuses beyond that.
 *
 * <p>Nesting costs a bit per level, so its depth has no limit here.
 */
final class JsonScan {
  private enum Expected {
    VALUE,
    SEPARATOR,
    NOTHING
  }

  private final JsonStrings strings;
  private final BitSet objects = new BitSet();
  private long at;
  private long end;
  private int depth;

  JsonScan(boolean forJsonb) {
    this.strings = new JsonStrings(forJsonb);
  }

  /** Returns what is wrong with the text, as the rest of a sentence, or null. */
  @Nullable String problem(long start, int length) {
    at = start;
    end = start + length;
    depth = 0;
    Expected expected = Expected.VALUE;
    while (expected == Expected.VALUE || (expected == Expected.SEPARATOR && depth > 0)) {
      skipSpace();
      expected = expected == Expected.VALUE ? value() : separator();
    }
    if (expected == Expected.SEPARATOR) {
      skipSpace();
      if (at == end) {
        return null;
      }
    }
    return strings.refusedEscape()
        ? "it holds \\u0000 or half of a surrogate pair, which jsonb cannot store"
        : "it is no valid JSON from byte " + (at - start + 1) + " on";
  }

  private Expected value() {
    return switch (peek()) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> after(string());
      case 't' -> after(word("true"));
      case 'f' -> after(word("false"));
      case 'n' -> after(word("null"));
      default -> after(number());
    };
  }

  private static Expected after(boolean read) {
    return read ? Expected.SEPARATOR : Expected.NOTHING;
  }

  private Expected open(boolean object) {
    at++;
    objects.set(depth++, object);
    skipSpace();
    if (peek() == (object ? '}' : ']')) {
      at++;
      depth--;
      return Expected.SEPARATOR;
    }
    return object ? name() : Expected.VALUE;
  }

  private Expected separator() {
    boolean object = objects.get(depth - 1);
    int found = peek();
    if (found == ',') {
      at++;
      skipSpace();
      return object ? name() : Expected.VALUE;
    }
    if (found == (object ? '}' : ']')) {
      at++;
      depth--;
      return Expected.SEPARATOR;
    }
    return Expected.NOTHING;
  }

  private Expected name() {
    if (peek() != '"' || !string()) {
      return Expected.NOTHING;
    }
    skipSpace();
    if (peek() != ':') {
      return Expected.NOTHING;
    }
    at++;
    return Expected.VALUE;
  }

  private boolean string() {
    long after = strings.skip(at + 1, end);
    if (after < 0) {
      return false;
    }
    at = after;
    return true;
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        return false;
      }
      at++;
    }
    return true;
  }

  private boolean number() {
    if (peek() == '-') {
      at++;
    }
    boolean zero = peek() == '0';
    long wholeStart = at;
    if (!digits() || (zero && at - wholeStart > 1)) {
      return false;
    }
    if (peek() == '.') {
      at++;
      if (!digits()) {
        return false;
      }
    }
    return (peek() | 0x20) != 'e' || exponent();
  }

  private boolean exponent() {
    at++;
    if (peek() == '+' || peek() == '-') {
      at++;
    }
    return digits();
  }

  private boolean digits() {
    long start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  /** Returns the next byte, or -1 at the end; bytes beyond ASCII are negative, and not -1 alone. */
  private int peek() {
    return at < end ? MemoryUtil.getByte(at) & 0xFF : -1;
  }
}
