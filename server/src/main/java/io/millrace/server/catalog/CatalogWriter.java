package io.millrace.server.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Answer;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes catalogs stream by stream, so that one of 20,000 is never held as one document. */
final class CatalogWriter {
  private static final String JSON = "application/json";

  private CatalogWriter() {}

  /** Answers a {@code SourceDiscoverSchemaRead}. */
  static Answer discovered(List<String> streams, ObjectNode rest) {
    boolean alone = streams.size() == 1;
    return new Answer.Stream(
        JSON,
        Map.of(),
        out -> {
          try (JsonGenerator json = Documents.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("catalog");
            json.writeArrayFieldStart("streams");
            for (String text : streams) {
              ObjectNode stream = Rows.object(text);
              json.writeStartObject();
              json.writePOJOField("stream", stream);
              json.writePOJOField(
                  "config", AirbyteStreams.defaultConfig(stream, alone).put("suggested", alone));
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            for (Map.Entry<String, ?> field : rest.properties()) {
              json.writePOJOField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
          }
        });
  }

  /** Answers a catalog by the protocol's names. */
  static Answer protocol(List<String> streams, long updatedSeconds) {
    return new Answer.Stream(
        JSON,
        Map.of(),
        out -> {
          try (JsonGenerator json = Documents.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("updatedAt", updatedSeconds);
            json.writeObjectFieldStart("catalog");
            json.writeArrayFieldStart("streams");
            for (String text : streams) {
              json.writePOJO(AirbyteStreams.protocol(Rows.object(text)));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
          }
        });
  }

  /** Answers a bare array. */
  static Answer array(List<String> streams, UnaryOperator<ObjectNode> element) {
    return new Answer.Stream(
        JSON,
        Map.of(),
        out -> {
          try (JsonGenerator json = Documents.MAPPER.createGenerator(out)) {
            write(json, streams, element);
          }
        });
  }

  /** Answers an object that has nothing but the array. */
  static Answer wrapped(String field, List<String> streams, UnaryOperator<ObjectNode> element) {
    return new Answer.Stream(
        JSON,
        Map.of(),
        out -> {
          try (JsonGenerator json = Documents.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeFieldName(field);
            write(json, streams, element);
            json.writeEndObject();
          }
        });
  }

  private static void write(
      JsonGenerator json, List<String> streams, UnaryOperator<ObjectNode> element)
      throws IOException {
    json.writeStartArray();
    for (String text : streams) {
      json.writePOJO(element.apply(Rows.object(text)));
    }
    json.writeEndArray();
  }
}
