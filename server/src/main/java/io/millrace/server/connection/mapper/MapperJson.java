package io.millrace.server.connection.mapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.mapper.MapperReader;
import io.millrace.server.json.Documents;
import java.util.ArrayList;
import java.util.List;

/** The members {@code mappers} and {@code hashedFields} of a stream's configuration. */
public final class MapperJson {
  /** The member with the mappers. */
  public static final String MAPPERS = "mappers";

  /** The member with the older form of hashing mappers. */
  public static final String HASHED = "hashedFields";

  static final String ID = "id";
  static final String TYPE = "type";
  static final String CONFIGURATION = MapperReader.CONFIGURATION;

  private static final String HASHING = "hashing";
  private static final String TARGET = "targetField";
  private static final String PATH = "fieldPath";

  private MapperJson() {}

  /** Returns the mappers of a configuration. */
  static List<ObjectNode> of(JsonNode config) {
    List<ObjectNode> mappers = new ArrayList<>();
    config
        .path(MAPPERS)
        .forEach(one -> mappers.add(one instanceof ObjectNode object ? object : Documents.empty()));
    return mappers;
  }

  /** Returns mappers as JSON without their ids, which say nothing of what they do. */
  public static ArrayNode withoutIds(JsonNode config) {
    ArrayNode bare = Documents.MAPPER.createArrayNode();
    of(config).forEach(one -> bare.add(bare(one)));
    return bare;
  }

  static ObjectNode bare(ObjectNode mapper) {
    ObjectNode bare = mapper.deepCopy();
    bare.remove(ID);
    return bare;
  }

  /** Replaces {@code hashedFields} by mappers, where there are no mappers. */
  public static void adoptHashedFields(ObjectNode config) {
    JsonNode hashed = config.remove(HASHED);
    if (hashed == null || !config.path(MAPPERS).isEmpty()) {
      return;
    }
    ArrayNode mappers = Documents.MAPPER.createArrayNode();
    for (JsonNode field : hashed) {
      ObjectNode mapper = mappers.addObject().put(TYPE, HASHING);
      mapper
          .putObject(CONFIGURATION)
          .put(TARGET, field.path(PATH).path(0).asText())
          .put("method", "SHA-256")
          .put("fieldNameSuffix", "_hashed");
    }
    if (!mappers.isEmpty()) {
      config.set(MAPPERS, mappers);
    }
  }

  /** Adds {@code hashedFields} for clients that know nothing of mappers. */
  public static void showHashedFields(ObjectNode config) {
    ArrayNode hashed = Documents.MAPPER.createArrayNode();
    for (ObjectNode mapper : of(config)) {
      if (mapper.path(TYPE).asText().equals(HASHING)) {
        hashed.addObject().putArray(PATH).add(mapper.path(CONFIGURATION).path(TARGET).asText());
      }
    }
    if (!hashed.isEmpty()) {
      config.set(HASHED, hashed);
    }
  }
}
