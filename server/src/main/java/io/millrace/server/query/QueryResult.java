package io.millrace.server.query;

import io.millrace.server.output.Json;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a query, one after the other. Not thread-safe. */
public final class QueryResult {
  /** A date of four digits and a time: what ISO 8601 writes with a T, and UTC with a Z. */
  private static final Pattern ISO_MOMENT = Pattern.compile("\\d{4,}-\\d\\d-\\d\\d \\d\\d:.*");

  private static final String UTC = "+00";

  private final ResultSet rows;
  private final List<QueryColumn> columns;

  QueryResult(ResultSet rows, List<QueryColumn> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns the columns, in order. */
  public List<QueryColumn> columns() {
    return columns;
  }

  /** Goes to the next row; before the first at the beginning. False: there is none. */
  public boolean next() throws SQLException {
    return rows.next();
  }

  /**
   * Returns a value as text: what has parts as JSON, bytes as {@code \x} and hex digits, times as
   * ISO 8601 and, where that has no words for them, as DuckDB writes them.
   *
   * @param column from 0
   */
  public @Nullable String text(int column) throws SQLException {
    Object value = rows.getObject(column + 1);
    return switch (value) {
      case null -> null;
      case Blob blob -> hex(blob);
      case BigDecimal number -> number.toPlainString();
      case String text -> text(columns.get(column).form(), text);
      default -> value.toString();
    };
  }

  private static String text(ColumnForm form, String text) {
    return switch (form) {
      case AS_READ, TEXT, DOCUMENT -> text;
      case MOMENT -> moment(text);
      case PARTS -> Json.line(JsonText.plain(text));
    };
  }

  /**
   * Returns a value that {@link Json} can write.
   *
   * @param column from 0
   */
  public @Nullable Object plain(int column) throws SQLException {
    Object value = rows.getObject(column + 1);
    return switch (value) {
      case null -> null;
      case Blob blob -> hex(blob);
      case Double number when !Double.isFinite(number) -> number.toString();
      case Float number when !Float.isFinite(number) -> number.toString();
      case Boolean flag -> flag;
      case Number number -> number;
      case String text -> plain(columns.get(column).form(), text);
      default -> value.toString();
    };
  }

  private static @Nullable Object plain(ColumnForm form, String text) {
    return switch (form) {
      case AS_READ, TEXT -> text;
      case MOMENT -> moment(text);
      case PARTS, DOCUMENT -> JsonText.plain(text);
    };
  }

  private static String moment(String text) {
    if (!ISO_MOMENT.matcher(text).matches()) {
      return text;
    }
    String local = text.replace(' ', 'T');
    return local.endsWith(UTC) ? local.substring(0, local.length() - UTC.length()) + "Z" : local;
  }

  private static String hex(Blob blob) throws SQLException {
    return "\\x" + HexFormat.of().formatHex(blob.getBytes(1, Math.toIntExact(blob.length())));
  }
}
