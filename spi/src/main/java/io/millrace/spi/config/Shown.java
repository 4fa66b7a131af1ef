package io.millrace.spi.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as they are shown to people. */
final class Shown {
  private static final int TEXT_CHARS_MAX = 80;

  private Shown() {}

  /** Returns a short form of the value: text quoted and cut, objects and lists only named. */
  static String value(Object value) {
    return switch (value) {
      case Map<?, ?> ignored -> "an object";
      case List<?> list -> list.isEmpty() ? "an empty list" : "a list";
      case String text -> text(text);
      default -> value.toString();
    };
  }

  /** Returns the text in quotes on one line, cut to {@value #TEXT_CHARS_MAX} characters. */
  static String text(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    if (line.length() > TEXT_CHARS_MAX) {
      line = line.substring(0, line.offsetByCodePoints(0, codePoints(line))) + "...";
    }
    return '"' + line + '"';
  }

  /** Returns the path of a key below an object. */
  static String path(String parent, @Nullable Object key) {
    String name = String.valueOf(key);
    if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return parent + "." + name;
    }
    return parent + "['" + text(name).replaceAll("^\"|\"$", "").replace("'", "\\'") + "']";
  }

  private static int codePoints(String line) {
    return Math.min(TEXT_CHARS_MAX, line.codePointCount(0, line.length()));
  }
}
