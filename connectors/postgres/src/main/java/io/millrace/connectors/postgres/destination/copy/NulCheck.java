package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Texts with the character NUL (0x00), which no PostgreSQL type of text can hold. */
final class NulCheck extends ValueCheck {
  private final ByteValues values = new ByteValues();

  @Override
  boolean suspects(FieldVector vector) {
    values.take(vector);
    return values.anyZero(vector.getValueCount());
  }

  @Override
  @Nullable Refusal refusal(int row) {
    return ByteValues.hasZero(values.start(row), values.length(row))
        ? new Refusal(
            "The text holds the character NUL (0x00), which PostgreSQL cannot store.",
            values.shown(row))
        : null;
  }
}
