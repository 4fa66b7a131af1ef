package io.millrace.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.SecretBox;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Secrets of a configuration that somebody gives in a file, where the server has masks alone. */
final class GivenSecrets {
  private static final long BYTES_MAX = 1 << 20;

  private GivenSecrets() {}

  /**
   * Reads fields of a configuration.
   *
   * @throws ConfigException when there is no such file, or it is no JSON object; never with its
   *     content
   */
  static ObjectNode read(Path file) {
    try {
      if (Files.size(file) <= BYTES_MAX
          && Documents.MAPPER.readTree(Files.readString(file)) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (JsonProcessingException e) {
      // Its words could hold a secret; said below.
    } catch (IOException e) {
      throw new ConfigException(
          "secrets_file", "The file " + file + " of --secrets cannot be read.", e.toString(), e);
    }
    throw new ConfigException(
        "secrets_file",
        "The file "
            + file
            + " of --secrets is no JSON object of at most 1 MB, such as {\"password\": \"...\"}.");
  }

  /** Puts fields into a configuration, objects into objects; returns it. */
  static ObjectNode merge(ObjectNode configuration, ObjectNode fields) {
    fields
        .properties()
        .forEach(
            field -> {
              JsonNode known = configuration.get(field.getKey());
              boolean both = known instanceof ObjectNode && field.getValue() instanceof ObjectNode;
              configuration.set(
                  field.getKey(),
                  both
                      ? merge((ObjectNode) known, (ObjectNode) field.getValue())
                      : field.getValue());
            });
    return configuration;
  }

  /** Returns the paths of the values that are masks. */
  static List<String> masked(JsonNode configuration) {
    List<String> paths = new ArrayList<>();
    addMasked("", configuration, paths);
    return paths;
  }

  private static void addMasked(String path, JsonNode node, List<String> paths) {
    if (node.isTextual() && node.textValue().equals(SecretBox.MASK)) {
      paths.add(path);
    }
    node.properties()
        .forEach(
            one ->
                addMasked(
                    path.isEmpty() ? one.getKey() : path + "." + one.getKey(),
                    one.getValue(),
                    paths));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        addMasked(path + "[" + i + "]", node.get(i), paths);
      }
    }
  }
}
