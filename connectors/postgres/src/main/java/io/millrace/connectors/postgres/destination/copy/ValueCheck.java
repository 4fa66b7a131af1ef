package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that PostgreSQL's type cannot hold although the lattice's can. A batch is looked
 * through as a whole first, so that the usual batch costs no work per row.
 */
abstract class ValueCheck {
  /** Passes everything. */
  static final ValueCheck NONE =
      new ValueCheck() {
        @Override
        boolean suspects(FieldVector vector) {
          return false;
        }

        @Override
        @Nullable Refusal refusal(int row) {
          return null;
        }
      };

  /**
   * Looks through a batch that has at least one row.
   *
   * @return whether {@link #refusal} must be asked for each row; false is certain, true is not
   */
  abstract boolean suspects(FieldVector vector);

  /** Tells why a value that is not null cannot be stored, or null when it can. */
  abstract @Nullable Refusal refusal(int row);
}
