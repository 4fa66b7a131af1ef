package io.millrace.connectors.files.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connectors.files.source.infer.TypeGuess;
import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.connectors.files.source.value.Bytes;
import io.millrace.spi.type.LogicalType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks through objects to learn what their keys hold. Used by one thread. */
final class JsonSurvey {
  /** No date or number is longer; a longer text is text. */
  private static final int TEXT_LOOKED_AT_MAX = 100;

  private final Map<String, Key> keys = new LinkedHashMap<>();
  private long rows;
  private long bytes;

  private static final class Key {
    private final TypeGuess guess = new TypeGuess();

    /** It held a list or an object. */
    private boolean nested;
  }

  long rows() {
    return rows;
  }

  double rowsPerByte() {
    return bytes == 0 ? 0 : (double) rows / bytes;
  }

  void addBytes(long count) {
    bytes += count;
  }

  void merge(JsonSurvey other) {
    other.keys.forEach(
        (name, key) -> {
          Key mine = keys.computeIfAbsent(name, ignored -> new Key());
          mine.guess.merge(key.guess);
          mine.nested |= key.nested;
        });
    rows += other.rows;
    bytes += other.bytes;
  }

  List<TableColumn> columns() {
    List<TableColumn> columns = new ArrayList<>(keys.size());
    keys.forEach(
        (name, key) ->
            columns.add(
                new TableColumn(name, key.nested ? new LogicalType.Json() : key.guess.type())));
    return columns;
  }

  /** Takes the object at whose beginning the parser stands, and leaves it at the end. */
  void object(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Key key = keys.computeIfAbsent(parser.currentName(), ignored -> new Key());
      value(key, parser.nextToken(), parser);
    }
    rows++;
  }

  private static void value(Key key, JsonToken token, JsonParser parser) throws IOException {
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        key.nested = true;
        parser.skipChildren();
      }
      case VALUE_STRING -> text(key.guess, parser);
      case VALUE_NULL -> {}
      default -> {
        if (!key.guess.isText()) {
          byte[] data = padded(parser.getText());
          key.guess.add(data, 0, data.length - Bytes.PADDING);
        }
      }
    }
  }

  private static void text(TypeGuess guess, JsonParser parser) throws IOException {
    if (guess.isText()) {
      return;
    }
    String text = parser.getText();
    if (text.isEmpty() || text.length() > TEXT_LOOKED_AT_MAX) {
      guess.addText();
      return;
    }
    byte[] data = padded(text);
    guess.addQuoted(data, 0, data.length - Bytes.PADDING);
  }

  private static byte[] padded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + Bytes.PADDING);
  }
}
