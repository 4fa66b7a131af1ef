package io.millrace.testkit.contract;

/** What became of a value on its way. */
public enum Landing {
  /** The same value of a type that holds it. */
  EXACT,
  /** The value's documented text, in a column of text or JSON. */
  TEXT,
  /** The row went to quarantine. */
  QUARANTINE,
  /** Nulled, rounded, cut or missing: never allowed. */
  SPOILT
}
