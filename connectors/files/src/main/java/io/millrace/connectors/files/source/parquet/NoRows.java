package io.millrace.connectors.files.source.parquet;

import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Reads nothing. */
record NoRows(Position position) implements PieceReader {
  @Override
  public @Nullable RecordBatch next() {
    return null;
  }

  @Override
  public void close() {}
}
