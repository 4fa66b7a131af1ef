package io.millrace.server.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads DuckDB's JSON, which is not quite JSON: it has bare NaN and Infinity, and a struct without
 * names is an object whose keys are all empty.
 */
final class JsonText {
  /** Below what a writer takes, so that what was read can be written inside a row. */
  private static final int DEPTH_MAX = 900;

  /** DuckDB's own memory bounds the text. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Returns a plain value. Numbers keep their digits; those that JSON does not have become text. A
   * text that is no JSON, or nested beyond bounds, is itself the value.
   */
  static @Nullable Object plain(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Object value = value(parser);
      return parser.nextToken() == null ? value : text;
    } catch (IOException e) {
      return text;
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(parser);
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(parser));
      }
      return values;
    }
    return scalar(parser, token);
  }

  private static @Nullable Object scalar(JsonParser parser, @Nullable JsonToken token)
      throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> new RawValue(parser.getText());
      case VALUE_NUMBER_FLOAT -> parser.isNaN() ? parser.getText() : new RawValue(parser.getText());
      case VALUE_STRING -> parser.getText();
      case null, default -> throw new IOException("A value was expected, found " + token);
    };
  }

  private static Object object(JsonParser parser) throws IOException {
    List<String> names = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      names.add(parser.currentName());
      parser.nextToken();
      values.add(value(parser));
    }
    if (!names.isEmpty() && names.stream().allMatch(String::isEmpty)) {
      return values;
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    List<String> keys = Keys.unique(names);
    for (int i = 0; i < keys.size(); i++) {
      object.put(keys.get(i), values.get(i));
    }
    return object;
  }
}
