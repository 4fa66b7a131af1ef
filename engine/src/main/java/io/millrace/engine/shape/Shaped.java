package io.millrace.engine.shape;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.util.List;

/**
 * A batch as the destination wants it.
 *
 * @param batch owned by whoever holds this
 * @param rejected rows that cannot be written; they are not part of {@code batch}
 */
public record Shaped(RecordBatch batch, List<RejectedRow> rejected) implements AutoCloseable {
  public Shaped {
    rejected = List.copyOf(rejected);
  }

  @Override
  public void close() {
    batch.close();
  }
}
