package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileStorage;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Reads a piece of a file and makes sure that the file stayed what it was. */
final class FilePartitionReader implements PartitionReader {
  private final FileStorage storage;
  private final FileVersion file;
  private final PieceReader piece;

  FilePartitionReader(FileStorage storage, FileVersion file, PieceReader piece) {
    this.storage = storage;
    this.file = file;
    this.piece = piece;
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    try {
      RecordBatch batch = piece.next();
      if (batch == null) {
        storage.verify(file);
      }
      return batch;
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      if (Thread.interrupted() || e instanceof ClosedByInterruptException) {
        throw new InterruptedException();
      }
      throw Content.failure(file, e);
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }

  @Override
  public Checkpoint checkpoint() {
    return FileTokens.checkpoint(piece.position());
  }

  @Override
  public void close() {
    piece.close();
  }
}
