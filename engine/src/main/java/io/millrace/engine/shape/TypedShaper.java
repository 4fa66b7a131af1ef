package io.millrace.engine.shape;

import io.millrace.spi.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One column per field, with Airbyte's columns behind them where they are wanted. */
final class TypedShaper implements BatchShaper {
  private final Schema schema;
  private final @Nullable MetadataVectors metadata;
  private final NullKeys nullKeys;

  TypedShaper(Schema source, List<String> primaryKey, @Nullable MetadataVectors metadata) {
    List<Field> fields = new ArrayList<>(source.getFields());
    if (metadata != null) {
      fields.addAll(MetadataVectors.FIELDS);
    }
    this.schema = new Schema(fields);
    this.metadata = metadata;
    this.nullKeys = new NullKeys(primaryKey);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Map<String, String> constants() {
    return metadata == null ? Map.of() : metadata.constants();
  }

  @Override
  public Shaped shape(MappedBatch mapped, String partitionId, long rowsBefore) {
    Shaped keyed = nullKeys.setAside(mapped, partitionId, rowsBefore);
    if (metadata == null) {
      return keyed;
    }
    VectorSchemaRoot root = keyed.batch().root();
    List<FieldVector> vectors = new ArrayList<>(root.getFieldVectors());
    try {
      vectors.addAll(metadata.make(root.getRowCount(), mapped.nulled()));
    } catch (RuntimeException e) {
      keyed.close();
      throw e;
    }
    VectorSchemaRoot wider = new VectorSchemaRoot(schema.getFields(), vectors, root.getRowCount());
    return new Shaped(
        new RecordBatch(wider, keyed.batch().sourceBytes(), List.of(), keyed.batch().positions()),
        keyed.rejected());
  }
}
