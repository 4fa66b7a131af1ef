package io.millrace.connectors.postgres.decode;

import io.millrace.spi.type.SpecialValues;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Writes {@code numeric}: digits to the base 10,000 on the wire, a 128-bit integer in Arrow.
 *
 * <p>On the wire, four 16-bit numbers come first: the count of digits, the weight of the first (its
 * power of 10,000), the sign, the scale. Digits that are zero at either end are left out.
 */
final class DecimalWriter extends FixedWriter {
  private static final int WIDTH = 16;
  private static final int HEADER = 8;
  private static final int DIGITS = 4;
  private static final int BASE = 10_000;
  private static final int LONG_DIGITS_MAX = 18;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int[] POWERS = {1, 10, 100, 1000, 10_000};

  private final int precision;
  private final int wholeDigits;
  private final int lastWeight;
  private final int lastDigits;

  DecimalWriter(BufferAllocator allocator, int precision, int scale) {
    super(allocator, WIDTH);
    this.precision = precision;
    this.wholeDigits = precision - scale;
    // The last group of digits that counts has the weight -ceil(scale / 4); of its four decimal
    // digits the first lastDigits are within the scale.
    int groups = (scale + DIGITS - 1) / DIGITS;
    this.lastWeight = -groups;
    this.lastDigits = scale - (groups - 1) * DIGITS;
  }

  @Override
  void write(byte[][] rows, int[] at, int count, int first) {
    for (int i = 0; i < count; i++) {
      byte[] row = rows[i];
      int value = at[i] + Integer.BYTES;
      int length = Wire.int4(row, at[i]);
      if (length < 0) {
        setNull(first + i);
        at[i] = value;
      } else {
        set(row, value, address + (long) (first + i) * WIDTH, i);
        at[i] = value + length;
      }
    }
  }

  private void set(byte[] bytes, int at, long to, int message) {
    int sign = Wire.int2(bytes, at + 4) & 0xffff;
    if (sign == 0 || sign == NEGATIVE) {
      requireFit(bytes, at, message);
      if (precision <= LONG_DIGITS_MAX) {
        setLong(bytes, at, to, sign == NEGATIVE);
      } else {
        setWide(bytes, at, to, sign == NEGATIVE);
      }
    } else if (sign == NAN) {
      MemoryUtil.putLong(to, SpecialValues.DECIMAL_NAN_LOW);
      MemoryUtil.putLong(to + Long.BYTES, SpecialValues.DECIMAL_NAN_HIGH);
    } else {
      throw new UnfitValueException(message, "A decimal number cannot be infinite.", "Infinity");
    }
  }

  private void setLong(byte[] bytes, int at, long to, boolean negative) {
    int count = Wire.int2(bytes, at);
    int weight = Wire.int2(bytes, at + 2);
    long value = 0;
    for (int w = weight; w > lastWeight; w--) {
      value = value * BASE + digit(bytes, at, count, weight - w);
    }
    value = value * POWERS[lastDigits] + last(bytes, at, count, weight);
    long signed = negative ? -value : value;
    MemoryUtil.putLong(to, signed);
    MemoryUtil.putLong(to + Long.BYTES, signed >> 63);
  }

  private void setWide(byte[] bytes, int at, long to, boolean negative) {
    int count = Wire.int2(bytes, at);
    int weight = Wire.int2(bytes, at + 2);
    long high = 0;
    long low = 0;
    for (int w = weight; w >= lastWeight; w--) {
      boolean end = w == lastWeight;
      int factor = end ? POWERS[lastDigits] : BASE;
      int add = end ? last(bytes, at, count, weight) : digit(bytes, at, count, weight - w);
      high = high * factor + Math.unsignedMultiplyHigh(low, factor);
      long product = low * factor;
      low = product + add;
      high += Long.compareUnsigned(low, product) < 0 ? 1 : 0;
    }
    if (negative) {
      low = -low;
      high = ~high + (low == 0 ? 1 : 0);
    }
    MemoryUtil.putLong(to, low);
    MemoryUtil.putLong(to + Long.BYTES, high);
  }

  private static int digit(byte[] bytes, int at, int count, int index) {
    return index < 0 || index >= count ? 0 : Wire.int2(bytes, at + HEADER + index * Short.BYTES);
  }

  private int last(byte[] bytes, int at, int count, int weight) {
    return digit(bytes, at, count, weight - lastWeight) / POWERS[DIGITS - lastDigits];
  }

  /** The server keeps numbers within the column's type; a change of type while reading is seen. */
  private void requireFit(byte[] bytes, int at, int message) {
    int count = Wire.int2(bytes, at);
    if (count == 0) {
      return;
    }
    int weight = Wire.int2(bytes, at + 2);
    int index = weight - lastWeight;
    if (count > index + 1 || digit(bytes, at, count, index) % POWERS[DIGITS - lastDigits] != 0) {
      throw new UnfitValueException(
          message, "The number has more digits than its column's scale.", "");
    }
    if (weight >= 0 && weight * DIGITS + length(digit(bytes, at, count, 0)) > wholeDigits) {
      throw new UnfitValueException(
          message, "The number has more than the " + precision + " digits of its column.", "");
    }
  }

  private static int length(int digit) {
    if (digit >= 100) {
      return digit >= 1000 ? 4 : 3;
    }
    return digit >= 10 ? 2 : 1;
  }
}
