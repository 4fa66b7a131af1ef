package io.millrace.spi.config;

import java.util.List;
import java.util.Map;

/** Typed text as the plain value that stands for it in JSON. */
final class PlainValues {
  private PlainValues() {}

  /** Returns the value of a text that is known to fit the shape. */
  static Object of(Shape shape, String text) {
    return switch (shape) {
      case Shape.Text ignored -> text;
      case Shape.Json ignored -> text;
      case Shape.Constants ignored -> text;
      case Shape.Whole ignored -> Long.valueOf(text.strip());
      case Shape.Real ignored -> Double.valueOf(text.strip());
      case Shape.Flag ignored -> Boolean.valueOf(text.strip());
      case Shape.Alternatives alternatives -> Map.of(alternatives.discriminator(), text);
      case Shape.Items(Shape element, long ignored, long alsoIgnored) -> items(element, text);
      case Shape.Section ignored -> Map.of();
      case Shape.TextMap ignored -> Map.of();
    };
  }

  private static List<Object> items(Shape element, String text) {
    return TypedText.split(text).stream().map(item -> of(element, item)).toList();
  }
}
