package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Texts in a column of numbers that are no number, or one beyond PostgreSQL's limits. */
final class NumericTextCheck extends ValueCheck {
  private final ByteValues values = new ByteValues();
  private final NumericText number = new NumericText();

  @Override
  boolean suspects(FieldVector vector) {
    values.take(vector);
    return true;
  }

  @Override
  @Nullable Refusal refusal(int row) {
    return number.read(values.start(row), values.length(row))
        ? null
        : new Refusal(
            "The column is numeric: expected digits with at most one point, at most "
                + NumericText.WHOLE_DIGITS_MAX
                + " before and "
                + NumericText.FRACTION_DIGITS_MAX
                + " behind it.",
            values.shown(row));
  }
}
