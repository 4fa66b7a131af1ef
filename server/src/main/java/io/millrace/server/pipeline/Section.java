package io.millrace.server.pipeline;

import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One map of a pipeline, with its path. What is not as expected becomes a mistake and null. */
final class Section {
  private final Mistakes mistakes;
  private final String path;
  private final Map<String, Object> values;

  Section(Mistakes mistakes, String path, Map<String, Object> values) {
    this.mistakes = mistakes;
    this.path = path;
    this.values = values;
  }

  /** Reads a map; null where it is something else. */
  static @Nullable Section of(Mistakes mistakes, String path, @Nullable Object value) {
    Map<String, Object> values = map(value);
    if (values == null) {
      mistakes.add(path, "a map was expected (key: value), not " + shown(value) + ".");
      return null;
    }
    return new Section(mistakes, path, values);
  }

  /** Returns the value as a map with text keys, or null. */
  static @Nullable Map<String, Object> map(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach(
        (key, one) -> {
          if (one != null) {
            values.put(String.valueOf(key), one);
          }
        });
    return values;
  }

  /** Makes every key beyond these a mistake. */
  Section allow(String... keys) {
    List<String> known = Arrays.asList(keys);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        mistakes.add(
            path(key),
            "there is no such key"
                + Suggestion.of(key, known)
                + "; known are "
                + String.join(", ", known)
                + ".");
      }
    }
    return this;
  }

  Mistakes mistakes() {
    return mistakes;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  @Nullable Object value(String key) {
    return values.get(key);
  }

  /** Returns a text, or null where there is none. */
  @Nullable String text(String key) {
    Object value = values.get(key);
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> {
        mistakes.add(path(key), "text was expected, not " + shown(value) + ".");
        yield null;
      }
    };
  }

  /**
   * Returns a list of texts from a list, or from one text with commas; null where there is none.
   */
  @Nullable List<String> texts(String key) {
    Object value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
    if (!(value instanceof List<?> list)) {
      mistakes.add(path(key), "a list was expected, not " + shown(value) + ".");
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object one : list) {
      texts.add(item(key, one));
    }
    return texts;
  }

  /** Airbyte writes keys as lists of paths; a path of one part is that part. */
  private String item(String key, @Nullable Object one) {
    Object inner = one instanceof List<?> nested && nested.size() == 1 ? nested.getFirst() : one;
    if (inner instanceof String text && !text.isEmpty()) {
      return text;
    }
    if (inner instanceof Number number) {
      return number.toString();
    }
    mistakes.add(path(key), "each item must be the name of a top-level field, not " + shown(one));
    return "";
  }

  /** Returns a value as a message may show it. */
  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "\"" + ConnectorException.outside(text) + "\"";
      case List<?> ignored -> "a list";
      case Map<?, ?> ignored -> "a map";
      default -> ConnectorException.outside(String.valueOf(value));
    };
  }
}
