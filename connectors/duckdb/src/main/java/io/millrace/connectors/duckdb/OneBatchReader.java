package io.millrace.connectors.duckdb;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A stream of exactly one batch, whose vectors it does not own. */
final class OneBatchReader extends ArrowReader {
  private final VectorSchemaRoot batch;
  private boolean given;

  OneBatchReader(BufferAllocator allocator, VectorSchemaRoot batch) {
    super(allocator);
    this.batch = batch;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return batch;
  }

  @Override
  public boolean loadNextBatch() {
    boolean first = !given;
    given = true;
    return first;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return batch.getSchema();
  }

  @Override
  public void close() {}
}
