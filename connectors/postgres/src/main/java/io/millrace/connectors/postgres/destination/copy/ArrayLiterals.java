package io.millrace.connectors.postgres.destination.copy;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import io.millrace.codec.TextForm;
import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/**
 * Lists as array literals in the text form of COPY: braces, commas, every item in quotes
 * (PostgreSQL's documentation, "Array Input and Output Syntax").
 */
final class ArrayLiterals extends ColumnEncoder {
  private static final int SCRATCH_BYTES = 1024;
  private static final byte[] NULL = {'N', 'U', 'L', 'L'};

  private final ByteSink scratch = new ByteSink(SCRATCH_BYTES);
  private final ByteSink literal = new ByteSink(SCRATCH_BYTES);
  private @Nullable Level outermost;

  /** One level of nesting: where a list's items lie, and what writes them. */
  private record Level(
      FieldVector lists, FieldVector items, @Nullable Level inner, @Nullable Cells leaf) {
    static Level of(FieldVector lists) {
      FieldVector items =
          lists instanceof ListVector list
              ? list.getDataVector()
              : ((FixedSizeListVector) lists).getDataVector();
      boolean nested = items instanceof ListVector;
      return new Level(
          lists, items, nested ? of(items) : null, nested ? null : TextForm.cells(items));
    }

    int start(int row) {
      return lists instanceof ListVector list
          ? list.getElementStartIndex(row)
          : row * ((FixedSizeListVector) lists).getListSize();
    }

    int end(int row) {
      return lists instanceof ListVector list
          ? list.getElementEndIndex(row)
          : start(row) + ((FixedSizeListVector) lists).getListSize();
    }
  }

  @Override
  void take(FieldVector vector) {
    outermost = Level.of(vector);
  }

  @Override
  void putNull(CopyBuffer out) throws SQLException {
    out.ensure(2);
    out.putByte('\\');
    out.putByte('N');
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    Level level = outermost;
    if (level == null) {
      throw new IllegalStateException("The column is not bound to a batch.");
    }
    literal.clear();
    write(level, row);
    byte[] bytes = literal.array();
    for (int i = 0; i < literal.size(); i++) {
      EscapedEncoder.putEscaped(bytes[i], out);
    }
  }

  private void write(Level level, int row) {
    literal.put('{');
    int start = level.start(row);
    int end = level.end(row);
    for (int item = start; item < end; item++) {
      if (item > start) {
        literal.put(',');
      }
      if (level.items().isNull(item)) {
        literal.put(NULL);
      } else if (level.inner() != null) {
        write(level.inner(), item);
      } else if (level.leaf() != null) {
        writeItem(level.leaf(), item);
      }
    }
    literal.put('}');
  }

  private void writeItem(Cells leaf, int item) {
    scratch.clear();
    leaf.write(item, scratch);
    literal.put('"');
    byte[] bytes = scratch.array();
    for (int i = 0; i < scratch.size(); i++) {
      if (bytes[i] == '"' || bytes[i] == '\\') {
        literal.put('\\');
      }
      literal.put(bytes[i]);
    }
    literal.put('"');
  }
}
