package io.millrace.connectors.files.destination;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.destination.PublishedTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads text files by their own rules, RFC 4180 and JSON. They keep no types, so whole numbers and
 * texts are given as such and all else as the text it is.
 */
final class TextFiles {
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private TextFiles() {}

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static LogicalType typeIn(Schema written, String name) {
    Field field = written.findField(name);
    return Fields.typeOf(field);
  }

  private static boolean has(Schema written, String name) {
    return written.getFields().stream().anyMatch(field -> field.getName().equals(name));
  }

  static PublishedTable jsonl(Path file, Schema written) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (Field field : written.getFields()) {
      LogicalType type = Fields.typeOf(field);
      boolean kept =
          switch (type) {
            case LogicalType.Int ignored -> true;
            case LogicalType.Text ignored -> true;
            case LogicalType.Real ignored -> true;
            case LogicalType.Binary ignored -> true;
            default -> false;
          };
      fields.add(Fields.of(field.getName(), kept ? type : new LogicalType.Json()));
    }
    List<Row> rows = new ArrayList<>();
    for (String line : text(file).split("\n")) {
      if (!line.isEmpty()) {
        rows.add(object(line, written));
      }
    }
    return new PublishedTable(new Schema(fields), rows);
  }

  private static Row object(String line, Schema written) throws IOException {
    JsonNode exact = EXACT.readTree(line);
    JsonNode plain = PLAIN.readTree(line);
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : written.getFields()) {
      JsonNode node = exact.get(field.getName());
      LogicalType type = Fields.typeOf(field);
      if (node == null || (node.isNull() && !(type instanceof LogicalType.Json))) {
        values.add(null);
        continue;
      }
      values.add(
          switch (type) {
            case LogicalType.Int ignored when node.isIntegralNumber() -> node.longValue();
            case LogicalType.Text ignored when node.isTextual() -> node.textValue();
            case LogicalType.Binary ignored ->
                Bytes.of(HexFormat.of().parseHex(node.textValue().substring(2)));
            case LogicalType.Real(int bits) -> real(plain.path(field.getName()), bits);
            default -> node.toString();
          });
    }
    return new Row(values);
  }

  private static Object real(JsonNode node, int bits) {
    String text = node.asText();
    return bits == 32 ? (Object) Float.parseFloat(text) : (Object) Double.parseDouble(text);
  }

  static PublishedTable csv(Path file, Schema written) throws IOException {
    List<List<@Nullable String>> lines = new Csv(text(file)).lines();
    List<Field> fields = new ArrayList<>();
    for (String name : lines.getFirst()) {
      boolean whole =
          name != null && has(written, name) && typeIn(written, name) instanceof LogicalType.Int;
      boolean wholeThroughout =
          whole && lines.stream().skip(1).allMatch(line -> isWhole(line.get(fields.size())));
      fields.add(
          Fields.of(
              String.valueOf(name),
              wholeThroughout ? new LogicalType.Int(64) : new LogicalType.Text()));
    }
    List<Row> rows = new ArrayList<>();
    for (List<@Nullable String> line : lines.subList(1, lines.size())) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        String text = line.get(i);
        boolean whole = Fields.typeOf(fields.get(i)) instanceof LogicalType.Int;
        values.add(whole && text != null ? (Object) Long.parseLong(text) : text);
      }
      rows.add(new Row(values));
    }
    return new PublishedTable(new Schema(fields), rows);
  }

  private static boolean isWhole(@Nullable String text) {
    return text == null || text.matches("-?\\d{1,19}");
  }

  /** A CSV text; nothing at all is null, and an empty text stands in quotes. */
  private static final class Csv {
    private final String text;
    private int at;

    Csv(String text) {
      this.text = text;
    }

    List<List<@Nullable String>> lines() {
      List<List<@Nullable String>> lines = new ArrayList<>();
      while (at < text.length()) {
        List<@Nullable String> line = new ArrayList<>();
        do {
          line.add(cell());
        } while (text.charAt(at++) == ',');
        lines.add(line);
      }
      return lines;
    }

    private @Nullable String cell() {
      if (text.charAt(at) != '"') {
        int start = at;
        while (",\n".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        return at == start ? null : text.substring(start, at);
      }
      StringBuilder cell = new StringBuilder();
      at++;
      while (true) {
        int quote = text.indexOf('"', at);
        cell.append(text, at, quote);
        at = quote + 1;
        if (!text.startsWith("\"", at)) {
          return cell.toString();
        }
        cell.append('"');
        at++;
      }
    }
  }
}
