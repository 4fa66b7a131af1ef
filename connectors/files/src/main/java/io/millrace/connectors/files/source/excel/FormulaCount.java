package io.millrace.connectors.files.source.excel;

import java.util.Locale;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * Counts the formulas of a sheet whose last result is not in the file. A program that does not
 * compute writes all of them so; one empty result alone may be an empty text.
 */
final class FormulaCount {
  private long formulas;
  private long empty;
  private @Nullable String first;

  /** Counts the formulas of a row. */
  void add(Row row) {
    for (int i = 0; i < row.getCellCount(); i++) {
      Cell cell = row.getCell(i);
      if (cell != null && cell.getFormula() != null) {
        formulas++;
        if (cell.getValue() == null || "".equals(cell.getValue())) {
          empty++;
          first = first == null ? cell.getAddress().toString() : first;
        }
      }
    }
  }

  /**
   * Returns the end of a sentence that begins with the file; null where there is nothing to say.
   */
  @Nullable String complaint() {
    if (formulas == 0 || empty < formulas) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "holds %d %s without a stored value, the first in %s, and they count as empty: open and"
            + " save the file in a spreadsheet program, which computes them.",
        empty,
        empty == 1 ? "formula" : "formulas",
        first);
  }
}
