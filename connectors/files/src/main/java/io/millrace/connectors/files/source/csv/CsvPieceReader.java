package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a range of a text. */
final class CsvPieceReader implements PieceReader {
  private final CsvBatches batches;

  CsvPieceReader(
      CsvTable table, ConnectorContext context, InputStream input, long length, Position from) {
    this.batches =
        new CsvBatches(
            table,
            context.allocator(),
            context.tuning(),
            input,
            length,
            from.offset(),
            from.line());
  }

  @Override
  public @Nullable RecordBatch next() throws IOException, InterruptedException {
    return batches.next();
  }

  @Override
  public Position position() {
    return new Position(batches.offset(), batches.line());
  }

  @Override
  public void close() {
    batches.close();
  }
}
