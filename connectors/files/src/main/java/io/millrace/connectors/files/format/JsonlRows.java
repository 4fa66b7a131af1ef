package io.millrace.connectors.files.format;

import io.millrace.codec.ByteSink;
import io.millrace.codec.JsonRowWriter;
import io.millrace.spi.MetadataColumns;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects; {@link io.millrace.codec.JsonForm} says how values look. */
final class JsonlRows implements TextRows {
  private final @Nullable JsonRowWriter metadata;
  private final JsonRowWriter data;
  private final boolean enveloped;

  private JsonlRows(@Nullable JsonRowWriter metadata, JsonRowWriter data, boolean enveloped) {
    this.metadata = metadata;
    this.data = data;
    this.enveloped = enveloped;
  }

  static JsonlRows of(Schema schema, OutputFormat.Flattening flattening, MetadataColumns added) {
    return switch (flattening) {
      case ROOT -> new JsonlRows(null, JsonRowWriter.of(schema).leavingOutNullJson(), false);
      case NONE -> {
        Envelope envelope = Envelope.of(schema, added);
        yield new JsonlRows(
            envelope.metadata().isEmpty() ? null : JsonRowWriter.of(schema, envelope.metadata()),
            JsonRowWriter.of(schema, envelope.data()).leavingOutNullJson(),
            true);
      }
    };
  }

  @Override
  public void header(ByteSink out) {}

  @Override
  public Lines bind(VectorSchemaRoot root) {
    JsonRowWriter.Rows dataRows = data.bind(root);
    if (!enveloped) {
      return (row, out) -> {
        dataRows.write(row, out);
        out.put('\n');
      };
    }
    JsonRowWriter.@Nullable Rows metadataRows = metadata == null ? null : metadata.bind(root);
    return (row, out) -> {
      if (metadataRows == null) {
        out.put('{');
      } else {
        metadataRows.write(row, out);
        out.truncate(out.size() - 1);
        out.put(',');
      }
      out.putAscii("\"" + Envelope.DATA + "\":");
      dataRows.write(row, out);
      out.putAscii("}\n");
    };
  }
}
