package io.millrace.connectors.files.source.csv;

import java.util.Arrays;

/**
 * Which rows of a block hold a value that its column cannot carry; the first such column counts.
 */
final class RowFaults {
  final boolean[] marked;
  final int[] columns;
  int count;

  RowFaults(int rowsMax) {
    this.marked = new boolean[rowsMax];
    this.columns = new int[rowsMax];
  }

  void clear() {
    if (count > 0) {
      Arrays.fill(marked, false);
      count = 0;
    }
  }

  void mark(int row, int column) {
    if (!marked[row]) {
      marked[row] = true;
      columns[row] = column;
      count++;
    }
  }
}
