package io.millrace.codec;

import org.apache.arrow.vector.FieldVector;

/**
 * The values of one vector in a form that is made of bytes. Made for one batch: it reads the
 * vector's buffers, which must stay as they are while it is used. For one thread.
 */
public abstract class Cells {
  private final FieldVector vector;

  Cells(FieldVector vector) {
    this.vector = vector;
  }

  /** Tells whether the row has no value. */
  public final boolean isNull(int row) {
    return vector.isNull(row);
  }

  /** Adds the row's value, which must not be null. */
  public abstract void write(int row, ByteSink out);
}
