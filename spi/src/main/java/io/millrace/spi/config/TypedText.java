package io.millrace.spi.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Text as a user types it on one line, where the shape is not text itself. */
final class TypedText {
  private TypedText() {}

  /** Returns the value that the text stands for: <code>{}</code> for an empty object. */
  static Object of(Shape shape, String text) {
    return switch (shape) {
      case Shape.Section ignored when text.equals("{}") -> Map.of();
      case Shape.TextMap ignored when text.equals("{}") -> Map.of();
      default -> text;
    };
  }

  /** Text for a list: items with commas between them, in brackets or not. */
  static List<String> split(String text) {
    String inner = text.strip();
    if (inner.startsWith("[") && inner.endsWith("]")) {
      inner = inner.substring(1, inner.length() - 1);
    }
    if (inner.isBlank()) {
      return List.of();
    }
    return Arrays.stream(inner.split(",", -1)).map(String::strip).toList();
  }
}
