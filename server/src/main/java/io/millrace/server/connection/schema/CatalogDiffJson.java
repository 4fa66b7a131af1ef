package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.json.Documents;

/** A difference as the API's {@code CatalogDiff}. */
public final class CatalogDiffJson {
  private static final String TYPE = "transformType";
  private static final String BREAKING = "breaking";

  private CatalogDiffJson() {}

  /** Returns the object. */
  public static ObjectNode of(SchemaDiff diff) {
    ObjectNode json = Documents.empty();
    ArrayNode transforms = json.putArray("transforms");
    diff.transforms().forEach(transform -> transforms.add(transform(transform)));
    return json;
  }

  private static ObjectNode transform(SchemaTransform transform) {
    ObjectNode json = Documents.empty();
    json.put(
        TYPE,
        switch (transform) {
          case SchemaTransform.Added ignored -> "add_stream";
          case SchemaTransform.Removed ignored -> "remove_stream";
          case SchemaTransform.Updated ignored -> "update_stream";
        });
    json.set("streamDescriptor", StreamJson.descriptor(transform.stream()));
    if (transform instanceof SchemaTransform.Updated updated) {
      ObjectNode update = json.putObject("updateStream");
      ArrayNode fields = update.putArray("fieldTransforms");
      updated.fields().forEach(field -> fields.add(field(field)));
      ArrayNode attributes = update.putArray("streamAttributeTransforms");
      updated.keys().forEach(key -> attributes.add(key(key)));
    }
    return json;
  }

  private static ObjectNode field(SchemaTransform.Field field) {
    ObjectNode json = Documents.empty();
    switch (field) {
      case SchemaTransform.AddedField added ->
          json.put(TYPE, "add_field").putObject("addField").set("schema", added.schema());
      case SchemaTransform.RemovedField removed ->
          json.put(TYPE, "remove_field").putObject("removeField").set("schema", removed.schema());
      case SchemaTransform.ChangedField changed -> {
        ObjectNode update = json.put(TYPE, "update_field_schema").putObject("updateFieldSchema");
        update.set("oldSchema", changed.before());
        update.set("newSchema", changed.after());
      }
    }
    json.set("fieldName", StreamJson.texts(field.path()));
    return json.put(BREAKING, field.breaking());
  }

  private static ObjectNode key(SchemaTransform.Key key) {
    ObjectNode json = Documents.empty().put(TYPE, "update_primary_key");
    json.put(BREAKING, key.breaking());
    ObjectNode update = json.putObject("updatePrimaryKey");
    update.set("oldPrimaryKey", list(key.before()));
    update.set("newPrimaryKey", list(key.after()));
    return json;
  }

  private static JsonNode list(JsonNode key) {
    return StreamJson.paths(StreamJson.paths(key));
  }
}
