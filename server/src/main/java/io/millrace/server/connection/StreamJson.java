package io.millrace.server.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codec.JsonSchemas;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** The API's {@code AirbyteStream} and {@code AirbyteStreamConfiguration}. */
public final class StreamJson {
  private StreamJson() {}

  /** Returns the name of an {@code AirbyteStream}. */
  public static StreamName name(ObjectNode stream) {
    return new StreamName(
        stream.hasNonNull("namespace") ? stream.get("namespace").asText() : null,
        stream.path("name").asText());
  }

  /** Returns a list of texts: a cursor's path. */
  public static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return List.copyOf(texts);
  }

  /** Returns a list of lists of texts: the paths of a key. */
  public static List<List<String>> paths(JsonNode array) {
    List<List<String>> paths = new ArrayList<>();
    array.forEach(one -> paths.add(texts(one)));
    return List.copyOf(paths);
  }

  /** Returns texts as JSON. */
  public static ArrayNode texts(List<String> texts) {
    ArrayNode array = Documents.MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  /** Returns paths as JSON. */
  public static ArrayNode paths(List<List<String>> paths) {
    ArrayNode array = Documents.MAPPER.createArrayNode();
    paths.forEach(path -> array.add(texts(path)));
    return array;
  }

  /** Returns the names of a stream's top-level fields, in the order of its schema. */
  public static List<String> fields(ObjectNode stream) {
    List<String> names = new ArrayList<>();
    stream.path("jsonSchema").path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Returns the fields of a stream and their types, as the connection was configured with them. */
  public static Schema schema(ConnectionStream stream) {
    Map<String, Object> json =
        Documents.MAPPER.convertValue(
            stream.stream().path("jsonSchema"), new TypeReference<Map<String, Object>>() {});
    return json == null ? new Schema(List.of()) : JsonSchemas.parse(json);
  }

  /** Returns the names of the fields in {@code selectedFields}. */
  public static List<String> selectedFields(JsonNode config) {
    List<String> names = new ArrayList<>();
    config.path("selectedFields").forEach(one -> names.add(one.path("fieldPath").path(0).asText()));
    return names;
  }

  /** Returns what stands in {@code selectedFields} for these fields. */
  public static ArrayNode selectedFields(List<String> names) {
    ArrayNode array = Documents.MAPPER.createArrayNode();
    names.forEach(name -> array.addObject().putArray("fieldPath").add(name));
    return array;
  }

  /** Returns a stream descriptor. */
  public static ObjectNode descriptor(StreamName name) {
    ObjectNode json = Documents.empty().put("name", name.name());
    if (name.namespace() != null) {
      json.put("namespace", name.namespace());
    }
    return json;
  }
}
