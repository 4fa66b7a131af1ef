package io.millrace.connectors.files.source.table;

import io.millrace.spi.RowPositions;
import java.util.Arrays;

/**
 * The lines of a batch's rows. Rows that stand one behind the other cost nothing; each gap costs a
 * few bytes. Filled by one thread, row by row, before anybody asks.
 */
public final class RowLines implements RowPositions {
  private static final int RUNS_FIRST = 4;

  private final String label;
  private int[] rows = new int[RUNS_FIRST];
  private long[] lines = new long[RUNS_FIRST];
  private int runs;

  /**
   * Begins a batch.
   *
   * @param label the file, for people
   */
  public RowLines(String label) {
    this.label = label;
  }

  /** Notes that this row and those behind it, until one is noted, each have a line from here on. */
  public void add(int row, long line) {
    if (runs > 0 && lineOf(runs - 1, row) == line) {
      return;
    }
    if (runs == rows.length) {
      rows = Arrays.copyOf(rows, 2 * runs);
      lines = Arrays.copyOf(lines, 2 * runs);
    }
    rows[runs] = row;
    lines[runs] = line;
    runs++;
  }

  @Override
  public String of(int row) {
    int found = Arrays.binarySearch(rows, 0, runs, row);
    return position(label, lineOf(found >= 0 ? found : -found - 2, row));
  }

  /** Returns how a line of a file is told. */
  public static String position(String label, long line) {
    return label + " line " + line;
  }

  private long lineOf(int run, int row) {
    return lines[run] + (row - rows[run]);
  }
}
