package io.millrace.codec.limit;

import java.math.BigInteger;

/**
 * The power of ten that a decimal of some precision stays below, as a 128-bit number in two halves.
 */
record DecimalBound(long high, long low) {
  static DecimalBound of(int precision) {
    BigInteger bound = BigInteger.TEN.pow(precision);
    return new DecimalBound(bound.shiftRight(64).longValueExact(), bound.longValue());
  }

  /** Tells whether the bound exceeds the magnitude of a 128-bit number. */
  boolean exceeds(long numberHigh, long numberLow) {
    long h = numberHigh;
    long l = numberLow;
    if (h < 0) {
      l = -l;
      h = ~h + (l == 0 ? 1 : 0);
      if (h < 0) {
        return false;
      }
    }
    return h < high || (h == high && Long.compareUnsigned(l, low) < 0);
  }
}
