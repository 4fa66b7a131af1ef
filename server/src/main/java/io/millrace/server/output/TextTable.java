package io.millrace.server.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns, for people. Not thread-safe. */
public final class TextTable {
  /** Which way a column's texts lean. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  private final List<String> titles;
  private final Align[] aligns;
  private final List<List<String>> rows = new ArrayList<>();

  /** Makes a table with left-aligned columns. */
  public TextTable(List<String> titles) {
    this.titles = List.copyOf(titles);
    this.aligns = new Align[titles.size()];
    Arrays.fill(aligns, Align.LEFT);
  }

  /** Makes the columns lean right, as numbers do. */
  public TextTable right(int... columns) {
    for (int column : columns) {
      aligns[column] = Align.RIGHT;
    }
    return this;
  }

  /** Adds a row; control characters are shown as spaces. */
  public void row(List<String> cells) {
    rows.add(cells.stream().map(TextTable::printable).toList());
  }

  /**
   * Returns the lines: titles, a rule, rows. Columns too wide together are cut, the widest first.
   *
   * @param columnsMax the most columns a line may take
   */
  public List<String> lines(int columnsMax) {
    int[] widths = widths();
    shrink(widths, columnsMax);
    List<String> lines = new ArrayList<>();
    lines.add(line(titles, widths));
    lines.add(rule(widths));
    for (List<String> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private int[] widths() {
    int[] widths = titles.stream().mapToInt(TextWidth::of).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    return widths;
  }

  private static void shrink(int[] widths, int columnsMax) {
    int narrowest = 4;
    int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    while (total > columnsMax) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= narrowest) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (i > 0) {
        line.append(GAP);
      }
      String cell = TextWidth.cut(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - TextWidth.of(cell));
      if (aligns[i] == Align.RIGHT) {
        line.append(padding).append(cell);
      } else {
        line.append(cell).append(padding);
      }
    }
    return line.toString().stripTrailing();
  }

  private static String rule(int[] widths) {
    return String.join(GAP, Arrays.stream(widths).mapToObj("-"::repeat).toList());
  }

  private static String printable(String cell) {
    StringBuilder text = new StringBuilder(cell.length());
    cell.codePoints()
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
