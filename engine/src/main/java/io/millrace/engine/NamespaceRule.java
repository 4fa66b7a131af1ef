package io.millrace.engine;

/** Where streams land. */
public sealed interface NamespaceRule {
  /** In a schema or folder of the source's name. */
  record OfSource() implements NamespaceRule {}

  /** In the schema that the destination's configuration names. */
  record OfDestination() implements NamespaceRule {}

  /**
   * Where a text says.
   *
   * @param format any text; {@code ${SOURCE_NAMESPACE}} stands for the source's namespace
   */
  record Custom(String format) implements NamespaceRule {}

  /** What {@link Custom#format} may contain. */
  String SOURCE_NAMESPACE = "${SOURCE_NAMESPACE}";

  /** Reads {@code source}, {@code destination} or a custom format. */
  static NamespaceRule parse(String text) {
    return switch (text) {
      case "source" -> new OfSource();
      case "destination" -> new OfDestination();
      default -> new Custom(text);
    };
  }
}
