package io.millrace.server.query;

import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.output.Json;
import io.millrace.server.output.TextTable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the rows of a query. */
public final class QueryOutput {
  private static final int CELL_CHARS_MAX = 200;
  private static final int COLUMNS_WITHOUT_TERMINAL_MAX = 160;

  private static final int BUFFER_BYTES = 64 << 10;

  private final Console console;

  /** Prints to stdout. */
  public QueryOutput(Console console) {
    this.console = console;
  }

  /**
   * Prints an aligned table.
   *
   * @param rowsMax the most rows to print
   */
  public void table(QueryResult result, int rowsMax) throws SQLException {
    Filled filled = fill(result, rowsMax);
    lines(filled.table());
    console.line(
        filled.more()
            ? "(the first " + Humans.plural(filled.rows(), "row") + "; --csv and --json print all)"
            : "(" + Humans.plural(filled.rows(), "row") + ")");
  }

  /** Prints an aligned table of all rows, which are few, and nothing else. */
  void rows(QueryResult result) throws SQLException {
    lines(fill(result, Integer.MAX_VALUE).table());
  }

  /** A table with rows, and whether there are more. */
  private record Filled(TextTable table, int rows, boolean more) {}

  private static Filled fill(QueryResult result, int rowsMax) throws SQLException {
    TextTable table = new TextTable(titles(result));
    for (int i = 0; i < result.columns().size(); i++) {
      if (result.columns().get(i).numeric()) {
        table.right(i);
      }
    }
    int rows = 0;
    while (result.next()) {
      if (rows == rowsMax) {
        return new Filled(table, rows, true);
      }
      table.row(cells(result));
      rows++;
    }
    return new Filled(table, rows, false);
  }

  private void lines(TextTable table) {
    table
        .lines(console.terminal() ? console.columns() : COLUMNS_WITHOUT_TERMINAL_MAX)
        .forEach(console::line);
  }

  /**
   * Prints CSV: a header, commas, quotes where needed; null is nothing, empty text is "". Lines end
   * as other programs in a pipe expect, with a line feed alone.
   */
  public void csv(QueryResult result) throws SQLException {
    whole(
        out -> {
          List<String> titles = titles(result);
          line(out, String.join(",", titles.stream().map(QueryOutput::quoted).toList()) + "\n");
          while (result.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < titles.size(); i++) {
              line.append(i == 0 ? "" : ",").append(quoted(result.text(i)));
            }
            line(out, line.append('\n').toString());
          }
        });
  }

  /**
   * Prints a JSON array with an object per row. Of columns with one name the later ones get {@code
   * _1}, {@code _2} and so on.
   */
  public void json(QueryResult result) throws SQLException {
    List<String> keys = Keys.unique(titles(result));
    whole(
        out -> {
          line(out, "[");
          boolean first = true;
          while (result.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
              row.put(keys.get(i), result.plain(i));
            }
            line(out, (first ? "\n  " : ",\n  ") + Json.line(row));
            first = false;
          }
          line(out, first ? "]\n" : "\n]\n");
        });
  }

  /** Writes all of an output. */
  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws SQLException, IOException;
  }

  private void whole(Writing writing) throws SQLException {
    try {
      OutputStream out = new BufferedOutputStream(console.out(), BUFFER_BYTES);
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> titles(QueryResult result) {
    return result.columns().stream().map(QueryColumn::name).toList();
  }

  private static List<String> cells(QueryResult result) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      String text = result.text(i);
      String shown = text == null ? "NULL" : text;
      cells.add(
          shown.length() > CELL_CHARS_MAX ? shown.substring(0, CELL_CHARS_MAX) + "..." : shown);
    }
    return cells;
  }

  private static String quoted(@Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
