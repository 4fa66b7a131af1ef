package io.millrace.connectors.files.format;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import io.millrace.codec.JsonRowWriter;
import io.millrace.codec.TextForm;
import io.millrace.spi.MetadataColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows as comma-separated values by RFC 4180, with a header, lines ended by a line feed. Null is
 * nothing at all, an empty text is {@code ""}; {@link TextForm} says how other values look.
 */
final class CsvRows implements TextRows {
  private static final boolean[] SPECIAL = special();

  private final List<String> columns;
  private final List<Integer> indexes;
  private final @Nullable JsonRowWriter data;

  private CsvRows(List<String> columns, List<Integer> indexes, @Nullable JsonRowWriter data) {
    this.columns = columns;
    this.indexes = indexes;
    this.data = data;
  }

  private static boolean[] special() {
    boolean[] special = new boolean[256];
    for (char c : ",\"\r\n".toCharArray()) {
      special[c] = true;
    }
    return special;
  }

  static CsvRows of(Schema schema, OutputFormat.Flattening flattening, MetadataColumns added) {
    List<String> names = schema.getFields().stream().map(Field::getName).toList();
    return switch (flattening) {
      case ROOT -> new CsvRows(names, indexesOf(names, names), null);
      case NONE -> {
        Envelope envelope = Envelope.of(schema, added);
        List<String> columns = new ArrayList<>(envelope.metadata());
        columns.add(Envelope.DATA);
        yield new CsvRows(
            List.copyOf(columns),
            indexesOf(envelope.metadata(), names),
            JsonRowWriter.of(schema, envelope.data()));
      }
    };
  }

  private static List<Integer> indexesOf(List<String> wanted, List<String> names) {
    return wanted.stream().map(names::indexOf).toList();
  }

  @Override
  public void header(ByteSink out) {
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        out.put(',');
      }
      int start = out.size();
      out.putUtf8(columns.get(i));
      quoteIfNeeded(out, start);
    }
    out.put('\n');
  }

  @Override
  public Lines bind(VectorSchemaRoot root) {
    List<Cells> cells = new ArrayList<>();
    for (int index : indexes) {
      cells.add(TextForm.cells(root.getVector(index)));
    }
    JsonRowWriter.@Nullable Rows dataRows = data == null ? null : data.bind(root);
    return (row, out) -> {
      for (int i = 0; i < cells.size(); i++) {
        if (i > 0) {
          out.put(',');
        }
        cell(cells.get(i), row, out);
      }
      if (dataRows != null) {
        if (!cells.isEmpty()) {
          out.put(',');
        }
        int start = out.size();
        dataRows.write(row, out);
        quoteIfNeeded(out, start);
      }
      out.put('\n');
    };
  }

  private static void cell(Cells cells, int row, ByteSink out) {
    if (!cells.isNull(row)) {
      int start = out.size();
      cells.write(row, out);
      quoteIfNeeded(out, start);
    }
  }

  /** Puts quotes around what stands in the sink from {@code start} on, where it needs them. */
  private static void quoteIfNeeded(ByteSink out, int start) {
    int end = out.size();
    byte[] bytes = out.array();
    int quotes = 0;
    boolean needed = start == end;
    for (int i = start; i < end; i++) {
      if (SPECIAL[bytes[i] & 0xFF]) {
        needed = true;
        quotes += bytes[i] == '"' ? 1 : 0;
      }
    }
    if (needed) {
      quote(out, start, end, quotes);
    }
  }

  /** Moves the bytes to their new places from the end, doubling quotes on the way. */
  private static void quote(ByteSink out, int start, int end, int quotes) {
    byte[] bytes = out.reserve(quotes + 2);
    int to = end + quotes + 1;
    bytes[to--] = '"';
    for (int from = end - 1; from >= start; from--) {
      bytes[to--] = bytes[from];
      if (bytes[from] == '"') {
        bytes[to--] = '"';
      }
    }
    bytes[to] = '"';
    out.advance(quotes + 2);
  }
}
