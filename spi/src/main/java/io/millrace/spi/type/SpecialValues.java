package io.millrace.spi.type;

/**
 * Values that some systems know beyond the ordinary range of a type. A destination that cannot hold
 * one refuses the row (see {@link io.millrace.spi.WriteReceipt}); it never stores the bare number.
 */
public final class SpecialValues {
  /** The date after all dates, in days. */
  public static final int DATE_INFINITY = Integer.MAX_VALUE;

  /** The date before all dates, in days. */
  public static final int DATE_MINUS_INFINITY = -Integer.MAX_VALUE;

  /** The timestamp after all timestamps, in microseconds. */
  public static final long TIMESTAMP_INFINITY = Long.MAX_VALUE;

  /** The timestamp before all timestamps, in microseconds. */
  public static final long TIMESTAMP_MINUS_INFINITY = -Long.MAX_VALUE;

  /** The upper 64 bits of the 128-bit decimal that stands for NaN. */
  public static final long DECIMAL_NAN_HIGH = Long.MIN_VALUE;

  /** The lower 64 bits of the 128-bit decimal that stands for NaN. */
  public static final long DECIMAL_NAN_LOW = 0;

  private SpecialValues() {}
}
