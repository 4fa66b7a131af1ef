package io.millrace.connectors.postgres.destination.copy;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import java.sql.SQLException;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Values in the text form of COPY: their text with backslash, tab and line ends escaped, and {@code
 * \N} for null (PostgreSQL's documentation of COPY, "Text Format").
 */
final class EscapedEncoder extends ColumnEncoder {
  private static final int SCRATCH_BYTES = 1024;

  private final Function<FieldVector, Cells> form;
  private final ByteSink scratch = new ByteSink(SCRATCH_BYTES);
  private @Nullable Cells cells;

  EscapedEncoder(Function<FieldVector, Cells> form) {
    this.form = form;
  }

  @Override
  void take(FieldVector vector) {
    cells = form.apply(vector);
  }

  @Override
  void putNull(CopyBuffer out) throws SQLException {
    out.ensure(2);
    out.putByte('\\');
    out.putByte('N');
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    Cells values = cells;
    if (values == null) {
      throw new IllegalStateException("The column is not bound to a batch.");
    }
    scratch.clear();
    values.write(row, scratch);
    byte[] bytes = scratch.array();
    for (int i = 0; i < scratch.size(); i++) {
      putEscaped(bytes[i], out);
    }
  }

  /** Writes one byte of a value. */
  static void putEscaped(byte value, CopyBuffer out) throws SQLException {
    int letter = letter(value);
    out.ensure(2);
    if (letter != 0) {
      out.putByte('\\');
      out.putByte(letter);
    } else {
      out.putByte(value);
    }
  }

  /**
   * Returns the letter that stands behind the backslash, or 0 for a byte that stands for itself.
   */
  private static int letter(byte value) {
    return switch (value) {
      case '\\' -> '\\';
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\b' -> 'b';
      case '\f' -> 'f';
      case 0x0B -> 'v';
      default -> 0;
    };
  }
}
