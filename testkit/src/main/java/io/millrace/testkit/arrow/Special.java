package io.millrace.testkit.arrow;

/** Values of {@link io.millrace.spi.type.SpecialValues} that Java's own classes cannot hold. */
public enum Special {
  /** NaN of a decimal. */
  NAN,
  /** After all dates or timestamps. */
  INFINITY,
  /** Before all dates or timestamps. */
  MINUS_INFINITY,
  /** The time 24:00:00. */
  END_OF_DAY
}
