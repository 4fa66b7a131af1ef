package io.millrace.connectors.files.source.table;

import io.millrace.spi.RecordBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a piece. Used by one thread; {@link #close} may come from another to end a blocked call.
 */
public interface PieceReader extends AutoCloseable {
  /** Returns the next batch, which the caller closes, or null at the end of the piece. */
  @Nullable RecordBatch next() throws IOException, InterruptedException;

  /** Returns the place behind the rows returned so far. */
  Position position();

  /** Ends the read. May be called twice; never throws. */
  @Override
  void close();
}
