package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The keys of a connection's mappers, which the old server masks. A made-up key would encrypt what
 * nobody could read again, so a variable of the server is named in its place: until it is set, the
 * stream's sync ends with a sentence that names it.
 */
final class MapperKeys {
  private static final String VARIABLE = "IMPORTED_KEY_";

  private final String connection;
  private final Set<String> names = new HashSet<>();

  MapperKeys(String connection) {
    this.connection = connection;
  }

  /** Returns a catalog with references in the place of masks. */
  ObjectNode referred(ObjectNode catalog) {
    ObjectNode copy = catalog.deepCopy();
    for (JsonNode stream : copy.path("streams")) {
      String name = stream.path("stream").path("name").asText();
      ArrayNode mappers = stream.path("config").withArrayProperty("mappers");
      for (int i = 0; i < mappers.size(); i++) {
        mappers.set(i, Masks.replaced(mappers.get(i), place -> reference(name)));
      }
    }
    return copy;
  }

  /** Tells of each key that such a reference stands for. */
  void report(JsonNode catalog, ImportReport report) {
    for (JsonNode stream : catalog.path("streams")) {
      for (JsonNode mapper : stream.path("config").path("mappers")) {
        JsonNode configuration = mapper.path("mapperConfiguration");
        String key = configuration.path("key").asText();
        if (key.startsWith("${env:" + VARIABLE)) {
          report.secret(
              connection
                  + ": key of the mapper that encrypts "
                  + stream.path("stream").path("name").asText()
                  + "."
                  + configuration.path("targetField").asText()
                  + ", or set the server's variable "
                  + key.substring("${env:".length(), key.length() - 1));
        }
      }
    }
  }

  private String reference(String stream) {
    String plain =
        VARIABLE
            + (connection.replaceFirst("^connection ", "") + "_" + stream)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]+", "_");
    String free = plain;
    for (int i = 2; !names.add(free); i++) {
      free = plain + "_" + i;
    }
    return "${env:" + free + "}";
  }
}
