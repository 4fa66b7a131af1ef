package io.millrace.connectors.files.format;

import io.millrace.spi.MetadataColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The fields of a schema in two parts, for files without flattening.
 *
 * @param metadata the names of Airbyte's columns
 * @param data the names of the source's fields
 */
record Envelope(List<String> metadata, List<String> data) {
  /** The column that holds the source's fields as one JSON object. */
  static final String DATA = "_airbyte_data";

  private static final Set<String> METADATA =
      Set.of("_airbyte_raw_id", "_airbyte_extracted_at", "_airbyte_meta", "_airbyte_generation_id");

  static Envelope of(Schema schema, MetadataColumns added) {
    List<String> metadata = new ArrayList<>();
    List<String> data = new ArrayList<>();
    for (Field field : schema.getFields()) {
      boolean ours = added == MetadataColumns.FULL && METADATA.contains(field.getName());
      (ours ? metadata : data).add(field.getName());
    }
    return new Envelope(List.copyOf(metadata), List.copyOf(data));
  }
}
