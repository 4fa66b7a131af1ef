package io.millrace.engine.mapper;

import io.millrace.engine.shape.MappedBatch;
import io.millrace.spi.RecordBatch;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Maps the batches of one partition. Used by one thread. */
public final class BatchMapper {
  private final List<Step> steps;
  private final Schema schema;
  private final BufferAllocator allocator;

  BatchMapper(List<Step> steps, Schema schema, BufferAllocator allocator) {
    this.schema = schema;
    this.steps = List.copyOf(steps);
    this.allocator = allocator;
  }

  /** Takes a batch over and returns it mapped; on failure its memory is freed. */
  public MappedBatch map(RecordBatch batch) {
    if (steps.isEmpty()) {
      return MappedBatch.unchanged(batch);
    }
    try (Frame frame = new Frame(batch, allocator)) {
      steps.forEach(step -> step.apply(frame));
      return frame.finish(schema);
    }
  }
}
