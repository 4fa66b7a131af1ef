package io.millrace.connectors.postgres.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Reads on from a partition's end: nothing. */
record DoneReader(Checkpoint end) implements PartitionReader {
  @Override
  public @Nullable RecordBatch next() {
    return null;
  }

  @Override
  public @Nullable Checkpoint checkpoint() {
    return end;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
