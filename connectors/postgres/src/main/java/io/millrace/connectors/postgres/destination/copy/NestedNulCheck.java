package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/**
 * Lists and structs with the character NUL in a text somewhere, which {@code jsonb} cannot hold.
 */
final class NestedNulCheck extends ValueCheck {
  private @Nullable FieldVector bound;

  @Override
  boolean suspects(FieldVector vector) {
    bound = vector;
    return hasNul(vector, 0, vector.getValueCount());
  }

  @Override
  @Nullable Refusal refusal(int row) {
    FieldVector vector = bound;
    return vector != null && hasNul(vector, row, row + 1)
        ? new Refusal(
            "A text within the value holds the character NUL (0x00), which jsonb cannot store.",
            String.valueOf(vector.getObject(row)))
        : null;
  }

  private static boolean hasNul(FieldVector vector, int from, int to) {
    if (from >= to) {
      return false;
    }
    return switch (vector) {
      case VarCharVector texts -> {
        ByteValues values = new ByteValues();
        values.take(texts);
        yield ByteValues.hasZero(values.start(from), values.start(to) - values.start(from));
      }
      case ListVector lists ->
          hasNul(
              lists.getDataVector(),
              lists.getElementStartIndex(from),
              lists.getElementEndIndex(to - 1));
      case StructVector structs ->
          structs.getChildrenFromFields().stream().anyMatch(child -> hasNul(child, from, to));
      default -> false;
    };
  }
}
