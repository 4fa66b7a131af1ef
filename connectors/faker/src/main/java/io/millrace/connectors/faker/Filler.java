package io.millrace.connectors.faker;

import org.apache.arrow.vector.FieldVector;

/** Makes the values of one column. Stateless: one filler serves all threads. */
interface Filler {
  /** Fills the empty vector with a value for each row of the slice. */
  void fill(FieldVector vector, Slice slice, Stage stage);
}
