package io.millrace.connectors.files.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a reader as they were given: pandas' names, one value each. What is not taken by
 * the time of {@link #requireAllTaken} is refused, so that no option is passed over in silence.
 */
final class ReaderOptions {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final Map<String, @Nullable Object> values;
  private final Set<String> taken = new TreeSet<>();

  private ReaderOptions(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /**
   * Reads options.
   *
   * @throws ConfigException when they are not a JSON object
   */
  static ReaderOptions of(Optional<JsonText> given) {
    Object value = given.map(JsonText::value).orElse("");
    Object parsed = value instanceof String text ? parse(text) : value;
    if (!(parsed instanceof Map<?, ?> map)) {
      throw invalid("must be a JSON object, such as {\"sep\": \";\"}.", null);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach((key, option) -> values.put(String.valueOf(key), option));
    return new ReaderOptions(values);
  }

  private static Object parse(String text) {
    if (text.isBlank()) {
      return Map.of();
    }
    try {
      Object parsed = JSON.readValue(text, Object.class);
      return parsed == null ? List.of() : parsed;
    } catch (JsonProcessingException e) {
      throw invalid(
          "is not valid JSON: " + ConnectorException.outside(e.getOriginalMessage()) + ".", e);
    }
  }

  /** Tells whether an option is given; null counts as given. */
  boolean has(String name) {
    taken.add(name);
    return values.containsKey(name);
  }

  /** Returns an option's value as it is, or null. */
  @Nullable Object value(String name) {
    taken.add(name);
    return values.get(name);
  }

  /** Returns a text, or empty when the option is absent or null. */
  Optional<String> text(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw wrong(name, "text");
  }

  /** Returns one character of ASCII, or empty. */
  Optional<Byte> character(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String character = text.get().equals("\\t") ? "\t" : text.get();
    boolean fits = character.length() == 1 && character.charAt(0) < 0x80;
    if (!fits || "\n\r".contains(character)) {
      throw wrong(name, "one ASCII character");
    }
    return Optional.of((byte) character.charAt(0));
  }

  /** Returns a whole number of at least 0, or empty. */
  Optional<Integer> count(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Integer number && number >= 0) {
      return Optional.of(number);
    }
    throw wrong(name, "a whole number of at least 0");
  }

  /** Returns a truth value, or empty. */
  Optional<Boolean> flag(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Boolean flag) {
      return Optional.of(flag);
    }
    throw wrong(name, "true or false");
  }

  /** Returns texts, of which a single one needs no list; empty when the option is absent. */
  List<String> texts(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    List<?> list = value instanceof List<?> many ? many : List.of(value);
    List<String> texts = new ArrayList<>(list.size());
    for (Object item : list) {
      boolean plain = item instanceof String || item instanceof Number || item instanceof Boolean;
      if (!plain) {
        throw wrong(name, "text or a list of texts");
      }
      texts.add(String.valueOf(item));
    }
    return texts;
  }

  /** Refuses a value that is known and cannot be honoured. */
  void require(String name, Set<?> allowed, String why) {
    if (has(name) && !allowed.contains(String.valueOf(values.get(name)))) {
      throw invalid(
          "has " + name + ": " + shown(values.get(name)) + ", which is not supported: " + why,
          null);
    }
  }

  /**
   * Refuses what nobody asked for.
   *
   * @param format the format, for the sentence
   */
  void requireAllTaken(String format) {
    for (String name : values.keySet()) {
      if (!taken.contains(name)) {
        throw invalid(
            "has \""
                + ConnectorException.outside(name)
                + "\", which is not supported for "
                + format
                + " files. Supported: "
                + String.join(", ", taken)
                + ".",
            null);
      }
    }
  }

  ConfigException wrong(String name, String expected) {
    return invalid(
        "has " + name + ": " + shown(values.get(name)) + " where " + expected + " is expected.",
        null);
  }

  private static String shown(@Nullable Object value) {
    return value instanceof String text
        ? "\"" + ConnectorException.outside(text) + "\""
        : ConnectorException.outside(String.valueOf(value));
  }

  private static ConfigException invalid(String rest, @Nullable Exception cause) {
    String sentence = "reader_options " + rest;
    return new ConfigException("reader_options_invalid", sentence, sentence, cause);
  }
}
