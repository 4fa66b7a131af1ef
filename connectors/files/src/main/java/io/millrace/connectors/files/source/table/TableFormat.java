package io.millrace.connectors.files.source.table;

import io.millrace.connectors.files.source.fetch.FileVersion;
import java.util.List;

/**
 * A file format as configured. Thread-safe. Failures are {@link
 * io.millrace.spi.ConnectorException}s that name the file.
 */
public interface TableFormat {
  /**
   * Looks at files of one stream and finds the columns they share.
   *
   * @param files at least one
   */
  TableShape inspect(List<FileVersion> files) throws InterruptedException;

  /** Cuts a file into pieces, in order, that together are all of it. */
  List<Piece> cut(FileVersion file) throws InterruptedException;

  /** Tells whether offsets of pieces and positions count bytes of the file. */
  boolean countsBytes();

  /**
   * Opens a piece.
   *
   * @param projection the columns to read
   * @param from where to begin within the piece: its start, or a position its reader returned
   * @param label what the file is called in the positions of rejected rows
   */
  PieceReader open(Piece piece, Projection projection, Position from, String label)
      throws InterruptedException;
}
