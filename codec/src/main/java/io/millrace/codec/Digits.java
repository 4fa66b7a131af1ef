package io.millrace.codec;

import java.math.BigInteger;

/** Whole and decimal numbers as plain digits. */
final class Digits {
  /** The longest a {@code long} gets: a sign and 19 digits. */
  private static final int LONG_CHARS_MAX = 20;

  /** Room for a sign, a point and every digit of a scaled {@code long}. */
  private static final int SCALED_CHARS_MAX = 48;

  private Digits() {}

  static void putLong(ByteSink out, long value) {
    if (value == Long.MIN_VALUE) {
      out.putAscii("-9223372036854775808");
      return;
    }
    byte[] room = out.reserve(LONG_CHARS_MAX);
    int at = out.size();
    long rest = value;
    int length = 0;
    if (rest < 0) {
      room[at++] = '-';
      rest = -rest;
      length = 1;
    }
    int digits = count(rest);
    fill(room, at, digits, rest);
    out.advance(length + digits);
  }

  /** Adds {@code value / 10^scale} with every digit behind the point. */
  static void putScaled(ByteSink out, long value, int scale) {
    if (scale == 0) {
      putLong(out, value);
      return;
    }
    if (value == Long.MIN_VALUE) {
      putScaled(out, BigInteger.valueOf(value), scale);
      return;
    }
    byte[] room = out.reserve(SCALED_CHARS_MAX);
    int start = out.size();
    int at = start;
    long rest = value;
    if (rest < 0) {
      room[at++] = '-';
      rest = -rest;
    }
    int digits = Math.max(count(rest), scale + 1);
    fill(room, at, digits, rest);
    int point = at + digits - scale;
    System.arraycopy(room, point, room, point + 1, scale);
    room[point] = '.';
    out.advance(at + digits + 1 - start);
  }

  /** Adds {@code value / 10^scale} with every digit behind the point. */
  static void putScaled(ByteSink out, BigInteger value, int scale) {
    String text = value.abs().toString();
    if (value.signum() < 0) {
      out.put('-');
    }
    if (scale == 0) {
      out.putAscii(text);
      return;
    }
    text = "0".repeat(Math.max(0, scale + 1 - text.length())) + text;
    int whole = text.length() - scale;
    out.putAscii(text.substring(0, whole));
    out.put('.');
    out.putAscii(text.substring(whole));
  }

  /** Writes exactly {@code digits} digits, with zeros in front; two for each division. */
  static void fill(byte[] room, int at, int digits, long value) {
    long rest = value;
    int i = at + digits;
    while (i - at >= 2) {
      long hundredth = rest / 100;
      int pair = (int) (rest - hundredth * 100);
      room[--i] = (byte) ('0' + pair % 10);
      room[--i] = (byte) ('0' + pair / 10);
      rest = hundredth;
    }
    if (i > at) {
      room[at] = (byte) ('0' + rest % 10);
    }
  }

  /** Returns the number of digits of a number that is not negative; 1 for zero. */
  static int count(long value) {
    int digits = 1;
    long bound = 10;
    while (digits < LONG_CHARS_MAX - 1 && value >= bound) {
      digits++;
      bound *= 10;
    }
    return digits;
  }
}
