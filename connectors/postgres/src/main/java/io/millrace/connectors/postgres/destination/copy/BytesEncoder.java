package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;

/**
 * Texts and bytes whose binary form is the bytes themselves: {@code text}, {@code varchar}, {@code
 * bytea}, {@code json}, enums; or the same after a version byte: {@code jsonb}, {@code ltree}.
 */
final class BytesEncoder extends ColumnEncoder {
  private static final int VERSION = 1;

  private final boolean versioned;
  private final ByteValues values = new ByteValues();

  private BytesEncoder(boolean versioned) {
    this.versioned = versioned;
  }

  static BytesEncoder plain() {
    return new BytesEncoder(false);
  }

  static BytesEncoder versioned() {
    return new BytesEncoder(true);
  }

  @Override
  void take(FieldVector vector) {
    values.take(vector);
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    int length = values.length(row);
    out.ensure(Integer.BYTES + 1);
    if (versioned) {
      out.putInt(length + 1);
      out.putByte(VERSION);
    } else {
      out.putInt(length);
    }
    out.putMemory(values.start(row), length);
  }
}
