package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.table.RowLines;
import io.millrace.connectors.files.source.value.Bytes;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Describes the rows that are left out of a batch: where, which column, why. */
final class Rejections {
  private static final int SHOWN_BYTES_MAX = 4 * RejectedRow.VALUE_CHARS_MAX;

  private final CsvTable table;
  private List<RejectedRow> rows = new ArrayList<>();

  Rejections(CsvTable table) {
    this.table = table;
  }

  int count() {
    return rows.size();
  }

  List<RejectedRow> take() {
    List<RejectedRow> taken = rows;
    rows = new ArrayList<>();
    return taken;
  }

  /**
   * Notes the malformed records of a block.
   *
   * @param start where the block begins
   * @param line the line there
   */
  void malformed(Block block, int start, long line) {
    FieldIndex index = block.index;
    int counted = start;
    long at = line;
    for (int i = 0; i < index.faultCount; i++) {
      int from = index.faults[3 * i];
      at += lines(block, counted, from);
      counted = from;
      int fields = index.faults[3 * i + 2];
      String reason = fields == 0 ? broken() : ragged(fields);
      add(at, null, reason, text(block.data, from, index.faults[3 * i + 1]));
    }
  }

  /** Notes the rows of a block that its faults mark; parameters as above. */
  void unfit(Block block, int start, long line) {
    FieldIndex index = block.index;
    int counted = start;
    long at = line;
    for (int row = 0; row < index.rows; row++) {
      if (block.faults.marked[row]) {
        int from = index.recordStart(row);
        at += lines(block, counted, from);
        counted = from;
        unfitRow(block, row, at);
      }
    }
  }

  /** Notes a record that is longer than any the reader holds. */
  void endless(long line, byte[] data, int from, int to) {
    add(
        line,
        null,
        "The line is longer than "
            + (InputWindow.RECORD_BYTES_MAX >> 20)
            + " MiB; a separator of lines, or another format, is to be expected.",
        text(data, from, to));
  }

  private void unfitRow(Block block, int row, long line) {
    int column = block.faults.columns[row];
    Field field = table.columns().get(column);
    int slot = row * block.index.stride + table.places().get(column);
    int[] ends = block.index.ends;
    block.unquoted.resolve(block.data, (ends[slot] & FieldIndex.POSITION) + 1, ends[slot + 1]);
    Unquoted value = block.unquoted;
    add(line, field.getName(), unfit(field), text(value.data, value.from, value.to));
  }

  private String unfit(Field field) {
    LogicalType type = Fields.typeOf(field);
    if (type instanceof LogicalType.Text) {
      return "The value holds bytes that are not valid "
          + table.charset()
          + "; set the file's encoding in reader_options.";
    }
    return "The value is not "
        + type.display()
        + ", the type of its column; set another type for the column in reader_options (dtype), or"
        + " let the whole file be looked through (inference: full).";
  }

  private static String broken() {
    return "The row's quotes are broken: a quote that opens a field must be closed, and behind the"
        + " closing one only a separator or the end of the line may follow.";
  }

  private String ragged(int fields) {
    return "The row has "
        + fields
        + (fields == 1 ? " field" : " fields")
        + " where "
        + table.fields()
        + (table.fields() == 1 ? " is" : " are")
        + " expected.";
  }

  private int lines(Block block, int from, int to) {
    return Bytes.count(block.data, from, to, table.dialect().newline());
  }

  private void add(long line, @Nullable String column, String reason, String value) {
    rows.add(new RejectedRow(RowLines.position(table.label(), line), column, reason, value));
  }

  private static String text(byte[] data, int from, int to) {
    int length = Math.min(to - from, SHOWN_BYTES_MAX);
    return new String(data, from, length, StandardCharsets.UTF_8);
  }
}
