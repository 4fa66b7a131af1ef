package io.millrace.engine.select;

import io.millrace.engine.OpenRead;
import io.millrace.engine.StreamMemory;
import org.jspecify.annotations.Nullable;

/** Why a read's rows replace everything in the target, whatever the stream's mode. */
public enum Replacement {
  /** They do what the mode says. */
  NONE(""),
  /** The stream is read from its beginning in place of the old rows. */
  REFRESH(" replacing"),
  /** The target is emptied. */
  CLEAR(" clearing"),
  /** An emptying was given up, and nobody knows whether the target is empty. */
  AFTER_CLEAR(" cleared");

  private static final String END = " columns=";

  private final String suffix;

  Replacement(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the beginning of a read's options, which {@link #afterClear} knows again. */
  String begin(String mode) {
    return mode + suffix + END;
  }

  /** Tells whether the target of a stream may or may not have been emptied. */
  static boolean afterClear(@Nullable StreamMemory memory) {
    @Nullable OpenRead open = memory == null ? null : memory.open();
    if (open == null || open.finished() != null) {
      return false;
    }
    int end = open.options().indexOf(END);
    String begin = end < 0 ? "" : open.options().substring(0, end);
    return begin.endsWith(CLEAR.suffix) || begin.endsWith(AFTER_CLEAR.suffix);
  }
}
