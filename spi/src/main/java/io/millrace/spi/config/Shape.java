package io.millrace.spi.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a component may hold, found once per record class. */
sealed interface Shape {
  /** Text; a {@link Secret} when {@code secret}. */
  record Text(boolean secret, @Nullable Pattern pattern) implements Shape {}

  /** A whole number within bounds; an {@code int} when {@code narrow}, else a {@code long}. */
  record Whole(boolean narrow, long min, long max) implements Shape {}

  /** A {@code double} within bounds. */
  record Real(long min, long max) implements Shape {}

  /** A {@code boolean}. */
  record Flag() implements Shape {}

  /** A {@link JsonText}. */
  record Json() implements Shape {}

  /** An enum. */
  record Constants(List<Constant> all) implements Shape {
    List<String> values() {
      return all.stream().map(constant -> constant.choice.value()).toList();
    }
  }

  /** One constant of an enum. */
  record Constant(Choice choice, Object value) {}

  /** A record within the record. */
  record Section(RecordModel model) implements Shape {}

  /** A sealed interface: one of several records, told apart by the value of a key. */
  record Alternatives(String discriminator, List<Alternative> all) implements Shape {
    List<String> values() {
      return all.stream().map(alternative -> alternative.choice.value()).toList();
    }
  }

  /** One record of a sealed interface. */
  record Alternative(Choice choice, RecordModel model) {}

  /** A list within bounds of its length. */
  record Items(Shape element, long min, long max) implements Shape {}

  /** A map of text to text. */
  record TextMap() implements Shape {}

  /** Tells whether a value of this shape must not be shown. */
  default boolean secret() {
    return switch (this) {
      case Text text -> text.secret;
      case Items items -> items.element.secret();
      case Section section ->
          section.model.components().stream().anyMatch(component -> component.shape().secret());
      case Alternatives ignored -> false;
      case Whole ignored -> false;
      case Real ignored -> false;
      case Flag ignored -> false;
      case Json ignored -> false;
      case Constants ignored -> false;
      case TextMap ignored -> false;
    };
  }

  /** Returns what is expected, to follow the word "expected". */
  default String expected() {
    return switch (this) {
      case Text(boolean ignored, Pattern pattern) when pattern != null ->
          "text that matches " + pattern.pattern();
      case Text ignored -> "text";
      case Whole(boolean ignored, long min, long max) -> "a whole number" + range(min, max);
      case Real(long min, long max) -> "a number" + range(min, max);
      case Flag() -> "true or false";
      case Json() -> "JSON text, an object or a list";
      case Constants constants -> oneOf(constants.values());
      case Section ignored -> "an object";
      case Alternatives alternatives ->
          "an object whose \""
              + alternatives.discriminator
              + "\" is "
              + oneOf(alternatives.values());
      case Items items -> "a list" + length(items) + " of " + items.element.expected();
      case TextMap() -> "an object of texts";
    };
  }

  private static String oneOf(List<String> values) {
    return values.stream()
        .map(Shown::text)
        .collect(Collectors.joining(", ", values.size() > 1 ? "one of " : "", ""));
  }

  private static String range(long min, long max) {
    boolean least = min != Integer.MIN_VALUE && min != Long.MIN_VALUE;
    boolean most = max != Integer.MAX_VALUE && max != Long.MAX_VALUE;
    if (least && most) {
      return " from " + min + " to " + max;
    }
    if (least) {
      return " of at least " + min;
    }
    return most ? " of at most " + max : "";
  }

  private static String length(Items items) {
    if (items.max < Integer.MAX_VALUE) {
      return " with " + Math.max(0, items.min) + " to " + items.max + " items";
    }
    return items.min > 0 ? " with at least " + items.min + " items" : "";
  }
}
