package io.millrace.engine.shape;

import io.millrace.spi.DestinationTraits;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.RecordBatch;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Shapes the batches of one partition. Used by one thread. */
public interface BatchShaper {
  /** Returns the schema of shaped batches. */
  Schema schema();

  /**
   * Returns the fields that have one and the same value, as text, in every row of the sync of which
   * no value is nulled.
   */
  Map<String, String> constants();

  /**
   * Takes a batch over and returns it shaped; on failure the batch is closed.
   *
   * @param rowsBefore the rows of the partition that were read before this batch
   */
  Shaped shape(MappedBatch mapped, String partitionId, long rowsBefore);

  /** Does the same with a batch that has no mappers. */
  default Shaped shape(RecordBatch batch, String partitionId, long rowsBefore) {
    return shape(MappedBatch.unchanged(batch), partitionId, rowsBefore);
  }

  /**
   * Makes the shaper for a stream.
   *
   * @param source the schema of the batches that will come
   * @param primaryKey fields that must not be null; empty where the mode needs none
   */
  static BatchShaper of(
      DestinationTraits traits,
      Schema source,
      List<String> primaryKey,
      SyncIds ids,
      Clock clock,
      BufferAllocator allocator) {
    return switch (traits.layout()) {
      case RAW -> new RawShaper(source, clock, allocator);
      case TYPED ->
          new TypedShaper(
              source,
              primaryKey,
              traits.metadataColumns() == MetadataColumns.FULL
                  ? new MetadataVectors(ids, clock, allocator)
                  : null);
    };
  }
}
