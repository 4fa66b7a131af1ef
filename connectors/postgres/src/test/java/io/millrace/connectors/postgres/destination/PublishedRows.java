package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.Micros;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import io.millrace.testkit.contract.destination.PublishedTable;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a table through JDBC alone, every value exactly. */
final class PublishedRows {
  private static final String COLUMNS =
      """
      SELECT a.attname, format_type(a.atttypid, NULL), information_schema._pg_numeric_precision(
               a.atttypid, a.atttypmod), information_schema._pg_numeric_scale(
               a.atttypid, a.atttypmod)
        FROM pg_attribute a
       WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum
      """;

  private PublishedRows() {}

  private record Column(String name, String type, int precision, int scale) {
    LogicalType logical() {
      return switch (type) {
        case "boolean" -> new LogicalType.Bool();
        case "smallint" -> new LogicalType.Int(16);
        case "integer" -> new LogicalType.Int(32);
        case "bigint" -> new LogicalType.Int(64);
        case "real" -> new LogicalType.Real(32);
        case "double precision" -> new LogicalType.Real(64);
        case "numeric" -> new LogicalType.Decimal(precision == 0 ? 38 : precision, scale);
        case "date" -> new LogicalType.Date();
        case "time without time zone" -> new LogicalType.Time();
        case "timestamp without time zone" -> new LogicalType.Timestamp();
        case "timestamp with time zone" -> new LogicalType.TimestampTz();
        case "bytea" -> new LogicalType.Binary();
        case "jsonb", "json" -> new LogicalType.Json();
        case "uuid" -> new LogicalType.Uuid();
        case "real[]" -> new LogicalType.ListOf(new LogicalType.Real(32));
        default -> new LogicalType.Text();
      };
    }

    String expression() {
      String quoted = '"' + name.replace("\"", "\"\"") + '"';
      return switch (type) {
        case "date" -> finite(quoted, "(" + quoted + " - date '1970-01-01')::bigint::text");
        case "timestamp without time zone", "timestamp with time zone" ->
            finite(quoted, Micros.of(quoted) + "::text");
        case "time without time zone" ->
            "(extract(epoch FROM " + quoted + ") * 1000000)::bigint::text";
        default -> quoted;
      };
    }

    private static String finite(String quoted, String expression) {
      return "CASE WHEN isfinite(%s) THEN %s ELSE %s::text END"
          .formatted(quoted, expression, quoted);
    }

    @Nullable Object read(ResultSet row, int index) throws SQLException {
      if (row.getObject(index) == null) {
        return null;
      }
      return switch (type) {
        case "boolean" -> row.getBoolean(index);
        case "smallint", "integer", "bigint" -> row.getLong(index);
        case "real" -> row.getFloat(index);
        case "double precision" -> row.getDouble(index);
        case "numeric" -> decimal(row.getString(index));
        case "bytea" -> Bytes.of(row.getBytes(index));
        case "uuid" -> row.getObject(index, UUID.class);
        case "real[]" -> floats(row.getArray(index));
        case "date", "timestamp without time zone", "timestamp with time zone" ->
            moment(row.getString(index));
        case "time without time zone" -> time(Long.parseLong(row.getString(index)));
        default -> row.getString(index);
      };
    }

    private static Object decimal(String text) {
      return text.equals("NaN") ? Special.NAN : new BigDecimal(text);
    }

    private static List<?> floats(Array array) throws SQLException {
      return Arrays.asList((Object[]) array.getArray());
    }

    private Object moment(String text) {
      if (text.endsWith("infinity")) {
        return text.startsWith("-") ? Special.MINUS_INFINITY : Special.INFINITY;
      }
      long number = Long.parseLong(text);
      if (type.equals("date")) {
        return LocalDate.ofEpochDay(number);
      }
      Instant instant = Instant.EPOCH.plus(number, ChronoUnit.MICROS);
      return type.endsWith("with time zone")
          ? instant
          : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Object time(long micros) {
      return micros == ChronoUnit.DAYS.getDuration().toNanos() / 1000
          ? Special.END_OF_DAY
          : LocalTime.ofNanoOfDay(micros * 1000);
    }
  }

  /** Returns a table, or null when there is none. */
  static @Nullable PublishedTable read(Connection jdbc, String quotedTable) throws SQLException {
    try (Statement statement = jdbc.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      try (ResultSet found =
          statement.executeQuery("SELECT to_regclass('" + quotedTable.replace("'", "''") + "')")) {
        found.next();
        if (found.getString(1) == null) {
          return null;
        }
      }
      return table(quotedTable, columns(statement, quotedTable), statement);
    }
  }

  private static List<Column> columns(Statement statement, String quotedTable) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = statement.getConnection().prepareStatement(COLUMNS)) {
      query.setString(1, quotedTable);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(new Column(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)));
        }
      }
    }
    return columns;
  }

  private static PublishedTable table(String quotedTable, List<Column> columns, Statement statement)
      throws SQLException {
    String list = String.join(", ", columns.stream().map(Column::expression).toList());
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("SELECT " + list + " FROM " + quotedTable)) {
      while (row.next()) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          values.add(columns.get(i).read(row, i + 1));
        }
        rows.add(new Row(values));
      }
    }
    List<Field> fields =
        columns.stream().map(column -> Fields.of(column.name(), column.logical())).toList();
    return new PublishedTable(new Schema(fields), rows);
  }
}
