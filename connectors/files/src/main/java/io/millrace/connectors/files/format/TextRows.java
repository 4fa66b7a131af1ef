package io.millrace.connectors.files.format;

import io.millrace.codec.ByteSink;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows as lines of text. May be shared by threads; what {@link #bind} returns belongs to one. */
interface TextRows {
  /** Adds what stands before the first row. */
  void header(ByteSink out);

  /** Takes up a batch, whose vectors must stay as they are while its rows are used. */
  Lines bind(VectorSchemaRoot root);

  /** The lines of one batch. */
  interface Lines {
    /** Adds the row's line, with its end. */
    void write(int row, ByteSink out);
  }
}
