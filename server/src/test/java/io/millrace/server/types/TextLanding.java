package io.millrace.server.types;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the two columns of a sample from text files, each value as it stands there. */
final class TextLanding {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String VALUE_KEY = "\"v\":";

  private TextLanding() {}

  /** Reads lines such as {@code {"id":1,"v":2}}. */
  static Landing jsonl(Path folder) throws IOException {
    SortedMap<Long, String> values = new TreeMap<>();
    String type = "null";
    for (String line : text(folder).split("\n")) {
      JsonNode row = JSON.readTree(line);
      JsonNode value = row.path("v");
      if (type.equals("null") && !value.isMissingNode()) {
        type = value.getNodeType().toString().toLowerCase(Locale.ROOT);
      }
      int start = line.indexOf(VALUE_KEY) + VALUE_KEY.length();
      String raw = value.isMissingNode() ? "null" : line.substring(start, line.length() - 1);
      values.put(row.path("id").asLong(), value.isTextual() ? value.textValue() : raw);
    }
    return new Landing(type, List.copyOf(values.values()));
  }

  /** Reads lines such as {@code 1,2}; quotes may stand around the second field alone. */
  static Landing csv(Path folder) throws IOException {
    SortedMap<Long, String> values = new TreeMap<>();
    String text = text(folder);
    int at = text.indexOf('\n') + 1;
    while (at < text.length()) {
      int comma = text.indexOf(',', at);
      long id = Long.parseLong(text.substring(at, comma));
      int end = end(text, comma + 1);
      String field = text.substring(comma + 1, end);
      values.put(id, field.isEmpty() ? "null" : plain(field));
      at = end + 1;
    }
    return new Landing("text", List.copyOf(values.values()));
  }

  /** Returns where the field ends that begins at {@code from}: at a line's end out of quotes. */
  private static int end(String text, int from) {
    boolean quoted = false;
    int at = from;
    while (quoted || text.charAt(at) != '\n') {
      quoted ^= text.charAt(at) == '"';
      at++;
    }
    return at;
  }

  private static String plain(String field) {
    return field.startsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field;
  }

  private static String text(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(TextLanding::isData).toList()) {
        texts.add(Files.readString(file));
      }
    }
    if (texts.size() != 1) {
      throw new IOException("One file expected in " + folder + ", found " + texts.size());
    }
    return texts.getFirst();
  }

  private static boolean isData(Path file) {
    return file.toString().matches(".*/[^_./][^/]*\\.(jsonl|csv)");
  }
}
