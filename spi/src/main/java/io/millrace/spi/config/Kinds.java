package io.millrace.spi.config;

/** The kinds of values in the words of the documents. */
final class Kinds {
  private Kinds() {}

  static String of(Shape shape) {
    return switch (shape) {
      case Shape.Text text -> text.secret() ? "secret text" : "text";
      case Shape.Whole ignored -> bounded(shape);
      case Shape.Real ignored -> bounded(shape);
      case Shape.Flag() -> "`true` or `false`";
      case Shape.Constants constants -> "one of `" + String.join("`, `", constants.values()) + "`";
      case Shape.Section ignored -> "object, see below";
      case Shape.Alternatives alternatives ->
          "choice by `" + alternatives.discriminator() + "`, see below";
      case Shape.Items(Shape element, long ignored, long alsoIgnored) -> "list of " + of(element);
      case Shape.TextMap() -> "object of texts";
      case Shape.Json() -> "JSON";
    };
  }

  private static String bounded(Shape shape) {
    return shape.expected().replaceFirst("^a ", "");
  }
}
