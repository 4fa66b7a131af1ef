package io.millrace.connectors.files.source.excel;

import io.millrace.connectors.files.source.fetch.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet as records, written as they are read. A text cell is in quotes, others are
 * not; a row without anything in it is an empty line. Rows are filled up to the width of the first
 * one that is read, the header.
 */
final class SheetText extends InputStream {
  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final CellText cells;
  private final SheetChoice choice;
  private final Spool.Lease lease;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private byte[] buffer = {};
  private int at;

  /** The number of the row that comes next in the text. */
  private int line = 1;

  private int width = -1;
  private int filledRowsSeen;
  private final FormulaCount formulas = new FormulaCount();
  private final Consumer<String> complaints;

  /**
   * @param complaints is told at the sheet's end what is wrong with its formulas, if something is
   */
  SheetText(
      ReadableWorkbook workbook,
      Sheet sheet,
      SheetChoice choice,
      Spool.Lease lease,
      Consumer<String> complaints)
      throws IOException {
    this.complaints = complaints;
    this.workbook = workbook;
    this.stream = sheet.openStream();
    this.rows = stream.iterator();
    this.cells = new CellText(workbook.isDate1904());
    this.choice = choice;
    this.lease = lease;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (at == buffer.length) {
      if (!more()) {
        return -1;
      }
    }
    int count = Math.min(length, buffer.length - at);
    System.arraycopy(buffer, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean more() throws IOException {
    written.reset();
    try {
      if (!rows.hasNext()) {
        String complaint = formulas.complaint();
        if (complaint != null) {
          complaints.accept(complaint);
        }
        return false;
      }
      row(rows.next());
    } catch (ExcelReaderException | IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
    buffer = written.toByteArray();
    at = 0;
    return true;
  }

  private void row(Row row) {
    while (line < row.getRowNum()) {
      endLine();
    }
    formulas.add(row);
    int filled = filled(row);
    if (filled > 0 && row.getRowNum() > choice.rowsSkipped()) {
      filledRowsSeen++;
      if (filledRowsSeen > choice.rowsBeforeHeader()) {
        width = width < 0 ? filled : width;
        for (int i = 0; i < Math.max(width, filled); i++) {
          if (i > 0) {
            written.write(ExcelTexts.SEPARATOR);
          }
          cell(i < row.getCellCount() ? row.getCell(i) : null);
        }
      }
    }
    endLine();
  }

  private void endLine() {
    written.write(ExcelTexts.NEWLINE);
    line++;
  }

  /** Returns the number of cells up to the last that holds something. */
  private static int filled(Row row) {
    int filled = row.getCellCount();
    while (filled > 0 && CellText.isEmpty(row.getCell(filled - 1))) {
      filled--;
    }
    return filled;
  }

  private void cell(@Nullable Cell cell) {
    if (cell == null || CellText.isEmpty(cell)) {
      return;
    }
    String text = cells.of(cell);
    if (!cells.isText(cell)) {
      written.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    written.write(ExcelTexts.QUOTE);
    written.writeBytes(text.replace("\"", "\"\"").getBytes(StandardCharsets.UTF_8));
    written.write(ExcelTexts.QUOTE);
  }

  @Override
  public void close() throws IOException {
    try (lease;
        workbook) {
      stream.close();
    }
  }
}
