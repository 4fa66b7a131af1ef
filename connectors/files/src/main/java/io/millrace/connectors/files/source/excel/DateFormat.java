package io.millrace.connectors.files.source.excel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a cell's number format shows a number as a date. */
enum DateFormat {
  /** A number, or a span of time. */
  NONE,
  /** A time of day. */
  TIME,
  /** A date, perhaps with a time. */
  DATE;

  private static final int BUILT_IN_MAX = 163;

  /**
   * Returns what a format shows. The formats up to 163 are built in and known by their number (ECMA
   * 376, part 1, 18.8.30); others are read.
   */
  static DateFormat of(@Nullable Integer id, @Nullable String format) {
    if (id != null && id <= BUILT_IN_MAX && (format == null || id <= 58)) {
      return builtIn(id);
    }
    return format == null ? NONE : custom(format);
  }

  private static DateFormat builtIn(int id) {
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) {
      return DATE;
    }
    boolean time = (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47;
    return id == 36 ? DATE : time ? TIME : NONE;
  }

  private static DateFormat custom(String format) {
    // Texts in quotes, escaped characters, colours, conditions and currencies mean nothing here.
    String bare =
        format
            .toLowerCase(Locale.ROOT)
            .replaceAll("\"[^\"]*\"", "")
            .replaceAll("[\\\\_*].", "")
            .replaceAll(";.*$", "");
    if (bare.matches(".*\\[(h+|m+|s+)].*") || bare.contains("general")) {
      return NONE;
    }
    String letters = bare.replaceAll("\\[[^\\]]*]", "").replace("am/pm", "").replace("a/p", "");
    boolean date = letters.contains("y") || letters.contains("d");
    boolean clock = letters.contains("h") || letters.contains("s");
    if (date || (letters.contains("m") && !clock)) {
      return DATE;
    }
    return clock ? TIME : NONE;
  }
}
