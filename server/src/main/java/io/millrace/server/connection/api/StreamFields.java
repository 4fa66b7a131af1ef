package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the members that streams have in both APIs. */
final class StreamFields {
  private StreamFields() {}

  /** Reads a list of paths: a key. Null where it is absent. */
  static @Nullable List<List<String>> paths(Body body, String name) {
    JsonNode json = body.json(name);
    if (json == null) {
      return null;
    }
    List<List<String>> paths = new ArrayList<>();
    boolean right = json.isArray();
    for (JsonNode path : json) {
      List<String> names = new ArrayList<>();
      right &= path.isArray() && !path.isEmpty();
      for (JsonNode one : path) {
        right &= one.isTextual();
        names.add(one.asText());
      }
      paths.add(names);
    }
    if (!right) {
      body.wrong(name, "a list of paths, each a list of field names: [[\"id\"]]");
    }
    return paths;
  }

  /** Reads {@code selectedFields}: the names of top-level fields. Null where it is absent. */
  static @Nullable List<List<String>> selected(Body body) {
    if (!body.has("selectedFields")) {
      return null;
    }
    List<List<String>> fields = new ArrayList<>();
    for (Body one : body.objects("selectedFields")) {
      List<String> path = one.texts("fieldPath");
      if (path.isEmpty()) {
        one.wrong("fieldPath", "a list with the name of a field");
      }
      fields.add(path);
    }
    return fields;
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
