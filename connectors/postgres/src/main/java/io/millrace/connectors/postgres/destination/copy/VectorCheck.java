package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.jspecify.annotations.Nullable;

/** Embeddings with a missing number. */
final class VectorCheck extends ValueCheck {
  private @Nullable FieldVector items;
  private int dimension;

  @Override
  boolean suspects(FieldVector vector) {
    FixedSizeListVector lists = (FixedSizeListVector) vector;
    items = lists.getDataVector();
    dimension = lists.getListSize();
    return items.getNullCount() > 0;
  }

  @Override
  @Nullable Refusal refusal(int row) {
    FieldVector all = items;
    for (int i = 0; all != null && i < dimension; i++) {
      if (all.isNull(row * dimension + i)) {
        return new Refusal(
            "An embedding has a number in each of its places.", "place " + (i + 1) + " is null");
      }
    }
    return null;
  }
}
