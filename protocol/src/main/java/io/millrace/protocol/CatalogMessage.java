package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.codec.JsonSchemas;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The CATALOG of a source: one message on one line, written stream by stream as they are found, so
 * that it is never held whole. Streams without fields, of which nothing can be read, are left out.
 */
public final class CatalogMessage {
  private CatalogMessage() {}

  /** Writes the catalog. A failure after the first stream leaves a line that is no message. */
  public static void write(Source source, MessageWriter writer) throws InterruptedException {
    try {
      writer.exclusively(
          json -> {
            Begun begun = new Begun(json);
            source.discover(begun::stream);
            begun.end();
          });
    } finally {
      writer.flush();
    }
  }

  /** A message that begins with its first stream. */
  private static final class Begun {
    private final JsonGenerator json;
    private boolean begun;

    Begun(JsonGenerator json) {
      this.json = json;
    }

    void stream(StreamDescriptor found) {
      if (!found.hasFields()) {
        return;
      }
      try {
        begin();
        describe(found);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void end() throws IOException {
      begin();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
    }

    private void begin() throws IOException {
      if (!begun) {
        begun = true;
        json.writeStartObject();
        json.writeStringField("type", "CATALOG");
        json.writeObjectFieldStart("catalog");
        json.writeArrayFieldStart("streams");
      }
    }

    private void describe(StreamDescriptor found) throws IOException {
      json.writeStartObject();
      json.writeStringField("name", found.name().name());
      if (found.name().namespace() != null) {
        json.writeStringField("namespace", found.name().namespace());
      }
      json.writePOJOField("json_schema", JsonSchemas.of(found.schema()));
      json.writeArrayFieldStart("supported_sync_modes");
      json.writeString("full_refresh");
      if (found.incremental()) {
        json.writeString("incremental");
      }
      json.writeEndArray();
      json.writeBooleanField("source_defined_cursor", found.sourceDefinedCursor());
      texts("default_cursor_field", found.cursorFields().stream().limit(1).toList());
      json.writeArrayFieldStart("source_defined_primary_key");
      for (String field : found.primaryKey()) {
        json.writeStartArray();
        json.writeString(field);
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeBooleanField("is_resumable", true);
      json.writeEndObject();
    }

    private void texts(String name, List<String> texts) throws IOException {
      json.writeArrayFieldStart(name);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }
}
