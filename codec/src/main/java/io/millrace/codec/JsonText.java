package io.millrace.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Strings within JSON. */
final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int CONTROL_CHARS = 0x20;
  private static final int ESCAPE_CHARS_MAX = 6;

  private JsonText() {}

  /** Returns the text as a JSON string, quotes included. */
  static byte[] quoted(String text) {
    ByteSink out = new ByteSink(text.length() + 2);
    out.put('"');
    int from = out.size();
    out.putUtf8(text);
    escape(out, from);
    out.put('"');
    return out.toBytes();
  }

  /** Replaces what may not stand in a JSON string, from {@code from} to the end of the sink. */
  static void escape(ByteSink out, int from) {
    byte[] bytes = out.array();
    int end = out.size();
    int i = from;
    while (i + Long.BYTES <= end && !mustEscapeAny((long) EIGHT_BYTES.get(bytes, i))) {
      i += Long.BYTES;
    }
    for (; i < end; i++) {
      if (mustEscape(bytes[i])) {
        escapeRest(out, i);
        return;
      }
    }
  }

  /** Tells whether one of eight bytes must be escaped; each subtraction borrows where one must. */
  private static boolean mustEscapeAny(long eight) {
    long quotes = eight ^ EACH_BYTE * '"';
    long backslashes = eight ^ EACH_BYTE * '\\';
    long borrowed =
        ((eight - EACH_BYTE * CONTROL_CHARS) & ~eight)
            | ((quotes - EACH_BYTE) & ~quotes)
            | ((backslashes - EACH_BYTE) & ~backslashes);
    return (borrowed & HIGH_BITS) != 0;
  }

  private static boolean mustEscape(byte value) {
    return (value >= 0 && value < CONTROL_CHARS) || value == '"' || value == '\\';
  }

  private static void escapeRest(ByteSink out, int from) {
    int length = out.size() - from;
    byte[] rest = new byte[length];
    System.arraycopy(out.array(), from, rest, 0, length);
    out.truncate(from);
    for (byte value : rest) {
      if (mustEscape(value)) {
        putEscaped(out, value);
      } else {
        out.put(value);
      }
    }
  }

  private static void putEscaped(ByteSink out, byte value) {
    switch (value) {
      case '"', '\\' -> putPair(out, value);
      case '\n' -> putPair(out, 'n');
      case '\r' -> putPair(out, 'r');
      case '\t' -> putPair(out, 't');
      case '\b' -> putPair(out, 'b');
      case '\f' -> putPair(out, 'f');
      default -> {
        out.reserve(ESCAPE_CHARS_MAX);
        out.putAscii("\\u00");
        out.put(HEX[value >> 4]);
        out.put(HEX[value & 15]);
      }
    }
  }

  private static void putPair(ByteSink out, int letter) {
    out.put('\\');
    out.put(letter);
  }

  /**
   * Puts spaces for line breaks in a JSON value, from {@code from} to the end of the sink: a break
   * never stands within a string there, so it means nothing.
   */
  static void joinLines(ByteSink out, int from) {
    byte[] bytes = out.array();
    for (int i = from; i < out.size(); i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
  }

  /** Tells whether the text is a number in JSON's notation: no sign +, no zeros in front. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }
}
