package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Texts in a column of JSON that are not JSON, or that {@code jsonb} cannot hold. */
final class JsonCheck extends ValueCheck {
  private final ByteValues values = new ByteValues();
  private final JsonScan scan;

  JsonCheck(boolean forJsonb) {
    this.scan = new JsonScan(forJsonb);
  }

  @Override
  boolean suspects(FieldVector vector) {
    values.take(vector);
    return true;
  }

  @Override
  @Nullable Refusal refusal(int row) {
    String problem = scan.problem(values.start(row), values.length(row));
    return problem == null
        ? null
        : new Refusal(
            "The column holds JSON, and of this value " + problem + ".", values.shown(row));
  }
}
