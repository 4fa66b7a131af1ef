package io.millrace.connectors.postgres.destination.copy;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import java.sql.SQLException;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Values in a form made of text, in a column whose binary form is its text: anything in a {@code
 * text} column, lists and structs in a {@code jsonb} column.
 */
final class CellsEncoder extends ColumnEncoder {
  private static final int VERSION = 1;
  private static final int SCRATCH_BYTES = 1024;

  private final Function<FieldVector, Cells> form;
  private final boolean versioned;
  private final ByteSink scratch = new ByteSink(SCRATCH_BYTES);
  private @Nullable Cells cells;

  /**
   * Makes an encoder.
   *
   * @param form how values become text
   * @param versioned the binary form begins with a version byte, as that of {@code jsonb} does
   */
  CellsEncoder(Function<FieldVector, Cells> form, boolean versioned) {
    this.form = form;
    this.versioned = versioned;
  }

  @Override
  void take(FieldVector vector) {
    cells = form.apply(vector);
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    Cells values = cells;
    if (values == null) {
      throw new IllegalStateException("The column is not bound to a batch.");
    }
    scratch.clear();
    if (versioned) {
      scratch.put(VERSION);
    }
    values.write(row, scratch);
    out.ensure(Integer.BYTES);
    out.putInt(scratch.size());
    out.putArray(scratch.array(), 0, scratch.size());
  }
}
