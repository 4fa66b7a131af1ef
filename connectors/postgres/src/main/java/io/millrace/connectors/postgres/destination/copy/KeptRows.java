package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;

/** Rows that arrive as COPY's binary form has them: a number of fields, then the fields. */
final class KeptRows {
  private final int fields;
  private final ByteValues rows = new ByteValues();

  KeptRows(int fields) {
    this.fields = fields;
  }

  int fields() {
    return fields;
  }

  void take(FieldVector vector) {
    rows.take(vector);
  }

  /** Writes the fields of a row, without their number. */
  void putFields(int row, CopyBuffer out) throws SQLException {
    out.putMemory(rows.start(row) + Short.BYTES, rows.length(row) - Short.BYTES);
  }

  /** Writes whole rows, which lie one behind the other. */
  void putWhole(int from, int to, CopyBuffer out) throws SQLException {
    if (to > from) {
      out.putMemory(rows.start(from), (int) (rows.start(to) - rows.start(from)));
    }
  }
}
