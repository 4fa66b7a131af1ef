package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the protocol's configured catalogs. */
public final class ConfiguredCatalog {
  private static final String CODE = "catalog_invalid";
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private final String shown;

  private ConfiguredCatalog(String shown) {
    this.shown = shown;
  }

  /**
   * Reads a catalog.
   *
   * @param shown what users call it, for messages
   * @throws ConfigException when it is no configured catalog
   */
  public static List<ConfiguredEntry> read(byte[] json, String shown) {
    return new ConfiguredCatalog(shown).entries(json);
  }

  private List<ConfiguredEntry> entries(byte[] json) {
    JsonNode streams;
    try {
      streams = ExactJson.MAPPER.readTree(json).path("streams");
    } catch (JsonProcessingException e) {
      throw mistake("", "this is not JSON: " + ConnectorException.outside(e.getOriginalMessage()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("Bytes in memory cannot fail to be read.", e);
    }
    if (!streams.isArray() || streams.isEmpty()) {
      throw mistake("streams", "a list with at least one stream was expected");
    }
    List<ConfiguredEntry> entries = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      entries.add(entry("streams[" + i + "]", streams.get(i)));
    }
    return entries;
  }

  private ConfiguredEntry entry(String path, JsonNode json) {
    JsonNode stream = json.path("stream");
    String name = stream.path("name").asText();
    if (name.isEmpty()) {
      throw mistake(path + ".stream.name", "the name of the stream is missing");
    }
    String namespace = stream.path("namespace").asText("");
    return new ConfiguredEntry(
        new StreamName(
            namespace.isEmpty() || stream.path("namespace").isNull() ? null : namespace, name),
        incremental(path, json.path("sync_mode").asText("full_refresh")),
        json.path("destination_sync_mode").asText("append"),
        cursor(path, json.path("cursor_field")),
        key(path, json.path("primary_key")),
        schema(path, stream.path("json_schema")),
        json.hasNonNull("destination_object_name")
            ? json.path("destination_object_name").asText()
            : null,
        json.path("generation_id").asLong(),
        json.path("minimum_generation_id").asLong(),
        json.path("sync_id").asLong());
  }

  private boolean incremental(String path, String mode) {
    return switch (mode) {
      case "incremental" -> true;
      case "full_refresh" -> false;
      default ->
          throw mistake(
              path + ".sync_mode",
              "full_refresh or incremental was expected, not \"" + mode + "\"");
    };
  }

  private @Nullable String cursor(String path, JsonNode json) {
    if (json.size() > 1) {
      throw mistake(path + ".cursor_field", "a cursor is one top-level field");
    }
    return json.isEmpty() ? null : json.get(0).asText();
  }

  private List<String> key(String path, JsonNode json) {
    List<String> key = new ArrayList<>();
    for (JsonNode field : json) {
      if (field.size() > 1) {
        throw mistake(path + ".primary_key", "a key is made of top-level fields");
      }
      key.add(field.isArray() ? field.path(0).asText() : field.asText());
    }
    return key;
  }

  private Map<String, Object> schema(String path, JsonNode json) {
    if (!json.isObject()) {
      throw mistake(path + ".stream.json_schema", "a JSON schema was expected");
    }
    return ExactJson.MAPPER.convertValue(json, MAP);
  }

  private ConfigException mistake(String path, String sentence) {
    return new ConfigException(
        CODE, shown + ": " + (path.isEmpty() ? "" : path + ": ") + sentence + ".");
  }
}
