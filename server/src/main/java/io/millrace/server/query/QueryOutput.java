package io.millrace.server.query;

import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.output.Json;
import io.millrace.server.output.TextTable;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints the rows of a query. */
public final class QueryOutput {
  private static final int CELL_CHARS_MAX = 200;
  private static final int COLUMNS_WITHOUT_TERMINAL_MAX = 160;

  private static final Set<String> LOCAL_TIMES =
      Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS");

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
  public void table(ResultSet result, int rowsMax) throws SQLException {
    Filled filled = fill(result, rowsMax);
    lines(filled.table());
    console.line(
        filled.more()
            ? "(the first " + Humans.plural(filled.rows(), "row") + "; --csv and --json print all)"
            : "(" + Humans.plural(filled.rows(), "row") + ")");
  }

  /** Prints an aligned table of all rows, which are few, and nothing else. */
  void rows(ResultSet result) throws SQLException {
    lines(fill(result, Integer.MAX_VALUE).table());
  }

  /** A table with rows, and whether there are more. */
  private record Filled(TextTable table, int rows, boolean more) {}

  private static Filled fill(ResultSet result, int rowsMax) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> titles = titles(meta);
    TextTable table = new TextTable(titles);
    for (int i = 0; i < titles.size(); i++) {
      if (numeric(meta.getColumnTypeName(i + 1))) {
        table.right(i);
      }
    }
    int rows = 0;
    while (result.next()) {
      if (rows == rowsMax) {
        return new Filled(table, rows, true);
      }
      table.row(cells(result, titles.size()));
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
  public void csv(ResultSet result) throws SQLException {
    PrintStream out = console.out();
    List<String> titles = titles(result.getMetaData());
    out.print(String.join(",", titles.stream().map(QueryOutput::quoted).toList()) + "\n");
    while (result.next()) {
      StringBuilder line = new StringBuilder();
      for (int i = 1; i <= titles.size(); i++) {
        line.append(i == 1 ? "" : ",").append(quoted(text(result, i)));
      }
      out.print(line.append('\n'));
    }
    out.flush();
  }

  /** Prints a JSON array with an object per row. */
  public void json(ResultSet result) throws SQLException {
    PrintStream out = console.out();
    List<String> titles = titles(result.getMetaData());
    out.print("[");
    boolean first = true;
    while (result.next()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 0; i < titles.size(); i++) {
        row.put(titles.get(i), plain(result, i + 1));
      }
      out.print((first ? "\n  " : ",\n  ") + Json.line(row));
      first = false;
    }
    out.print(first ? "]\n" : "\n]\n");
    out.flush();
  }

  private static List<String> titles(ResultSetMetaData meta) throws SQLException {
    List<String> titles = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      titles.add(meta.getColumnLabel(i));
    }
    return titles;
  }

  private static List<String> cells(ResultSet result, int columns) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      String text = text(result, i);
      String shown = text == null ? "NULL" : text;
      cells.add(
          shown.length() > CELL_CHARS_MAX ? shown.substring(0, CELL_CHARS_MAX) + "..." : shown);
    }
    return cells;
  }

  /** Returns a value; one without a zone must not pass through the zone of this process. */
  private static @Nullable Object value(ResultSet result, int column) throws SQLException {
    String type = result.getMetaData().getColumnTypeName(column);
    return LOCAL_TIMES.contains(type)
        ? result.getObject(column, LocalDateTime.class)
        : result.getObject(column);
  }

  private static @Nullable String text(ResultSet result, int column) throws SQLException {
    Object value = value(result, column);
    return switch (value) {
      case null -> null;
      case Blob blob -> hex(blob);
      case Array ignored -> Json.line(plain(value));
      case Struct ignored -> Json.line(plain(value));
      case Map<?, ?> ignored -> Json.line(plain(value));
      case BigDecimal number -> number.toPlainString();
      default -> scalar(value);
    };
  }

  private static @Nullable Object plain(ResultSet result, int column) throws SQLException {
    return plain(value(result, column));
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag;
      case Double number when number.isNaN() || number.isInfinite() -> number.toString();
      case Float number when number.isNaN() || number.isInfinite() -> number.toString();
      case Byte number -> number;
      case Short number -> number;
      case Integer number -> number;
      case Long number -> number;
      case Float number -> number;
      case Double number -> number;
      case BigDecimal number -> number;
      case BigInteger number -> number;
      case Blob blob -> hex(blob);
      case Array array -> plainList(Arrays.asList((Object[]) array.getArray()));
      case List<?> list -> plainList(list);
      case Map<?, ?> map -> plainMap(map);
      case Struct struct -> plainStruct(struct);
      default -> scalar(value);
    };
  }

  /** Returns the text of what is neither a number nor made of parts; times with their seconds. */
  private static String scalar(Object value) {
    return switch (value) {
      case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
      case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
      default -> String.valueOf(value);
    };
  }

  private static List<@Nullable Object> plainList(List<?> values) throws SQLException {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object value : values) {
      plain.add(plain(value));
    }
    return plain;
  }

  private static Map<String, @Nullable Object> plainMap(Map<?, ?> map) throws SQLException {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      plain.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
    }
    return plain;
  }

  private static Object plainStruct(Struct struct) throws SQLException {
    return struct instanceof org.duckdb.DuckDBStruct named
        ? plainMap(named.getMap())
        : plainList(Arrays.asList(struct.getAttributes()));
  }

  private static String hex(Blob blob) throws SQLException {
    return "\\x"
        + java.util.HexFormat.of().formatHex(blob.getBytes(1, Math.toIntExact(blob.length())));
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

  private static boolean numeric(String type) {
    return type.endsWith("INT")
        || type.endsWith("INTEGER")
        || type.startsWith("DECIMAL")
        || type.equals("DOUBLE")
        || type.equals("FLOAT")
        || type.equals("REAL");
  }
}
