package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;

/**
 * One number on its way into the binary form of {@code numeric}: base-10000 digits, collected from
 * the lowest to the highest.
 *
 * <p>The form (from {@code utils/adt/numeric.c}): number of digits, weight of the first, sign,
 * display scale, then the digits, each 16 bits, highest first.
 */
final class NumericDigits {
  static final int BASE = 10_000;
  static final int BASE_DIGITS = 4;
  static final int POSITIVE = 0;
  static final int NEGATIVE = 0x4000;
  static final int NAN = 0xC000;
  static final int INFINITY = 0xD000;
  static final int MINUS_INFINITY = 0xF000;

  private static final int HEADER_BYTES = 8;
  private static final int[] POWERS = {1, 10, 100, 1000, 10_000};

  private final int[] groups;
  private final int scale;
  private final int fractionGroups;
  private final int padding;
  private int count;

  /**
   * Prepares for numbers of one scale.
   *
   * @param groupsMax the most base-10000 digits a number may have
   */
  NumericDigits(int scale, int groupsMax) {
    this.scale = scale;
    this.fractionGroups = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
    this.padding = fractionGroups * BASE_DIGITS - scale;
    this.groups = new int[groupsMax];
  }

  /** Writes a number of up to 64 bits. */
  void put(long unscaled, CopyBuffer out) throws SQLException {
    collect(Math.abs(unscaled));
    write(unscaled < 0 ? NEGATIVE : POSITIVE, out);
  }

  /** Writes a number of 128 bits, in two's complement. */
  void put(long high, long low, CopyBuffer out) throws SQLException {
    if (high == low >> 63 && low != Long.MIN_VALUE) {
      put(low, out);
      return;
    }
    boolean negative = high < 0;
    long lowMagnitude = negative ? -low : low;
    long highMagnitude = negative ? ~high + (low == 0 ? 1 : 0) : high;
    collect(highMagnitude, lowMagnitude);
    write(negative ? NEGATIVE : POSITIVE, out);
  }

  /** Writes a value that is not a number of digits: NaN or an infinity. */
  static void putSpecial(int sign, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + HEADER_BYTES);
    out.putInt(HEADER_BYTES);
    out.putShort(0);
    out.putShort(0);
    out.putShort(sign);
    out.putShort(0);
  }

  private void collect(long magnitude) {
    count = 0;
    long rest = magnitude;
    if (padding > 0) {
      long above = aboveLowest(rest);
      groups[count++] = (int) (rest - above * POWERS[BASE_DIGITS - padding]) * POWERS[padding];
      rest = above;
    }
    while (rest != 0) {
      long above = rest / BASE;
      groups[count++] = (int) (rest - above * BASE);
      rest = above;
    }
  }

  /** Divides by constants, which is several times faster than by a variable. */
  private long aboveLowest(long rest) {
    return switch (padding) {
      case 1 -> rest / 1000;
      case 2 -> rest / 100;
      default -> rest / 10;
    };
  }

  private void collect(long high, long low) {
    count = 0;
    long[] limbs = {high >>> 32, high & 0xFFFFFFFFL, low >>> 32, low & 0xFFFFFFFFL};
    if (padding > 0) {
      groups[count++] = divide(limbs, POWERS[BASE_DIGITS - padding]) * POWERS[padding];
    }
    while ((limbs[0] | limbs[1] | limbs[2] | limbs[3]) != 0) {
      groups[count++] = divide(limbs, BASE);
    }
  }

  /** Divides a number of 32-bit limbs, highest first, in place; returns the remainder. */
  private static int divide(long[] limbs, int divisor) {
    long remainder = 0;
    for (int i = 0; i < limbs.length; i++) {
      long part = (remainder << 32) | limbs[i];
      limbs[i] = part / divisor;
      remainder = part % divisor;
    }
    return (int) remainder;
  }

  private void write(int sign, CopyBuffer out) throws SQLException {
    int lowest = 0;
    while (lowest < count && groups[lowest] == 0) {
      lowest++;
    }
    int digits = count - lowest;
    int length = HEADER_BYTES + digits * Short.BYTES;
    out.ensure(Integer.BYTES + length);
    out.putInt(length);
    out.putShort(digits);
    out.putShort(digits == 0 ? 0 : count - 1 - fractionGroups);
    out.putShort(digits == 0 ? POSITIVE : sign);
    out.putShort(scale);
    for (int i = count - 1; i >= lowest; i--) {
      out.putShort(groups[i]);
    }
  }
}
