package io.millrace.connectors.files.format;

import java.io.IOException;
import java.util.BitSet;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes one file. For one thread. */
public interface FormatWriter extends AutoCloseable {
  /**
   * Adds rows; the vectors are free again when it returns.
   *
   * @param skip the indexes of rows to leave out
   */
  void add(VectorSchemaRoot root, BitSet skip) throws IOException;

  /** Returns the bytes that the file has so far, with those held in memory. */
  long size();

  /** Writes what is held and ends the file. Called once, last. */
  void finish() throws IOException;

  /** Frees memory; the stream stays open. May be called twice; never throws. */
  @Override
  void close();
}
