package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types that {@code dtype} sets in place of inferred ones. */
final class TypeOverrides {
  private static final Pattern DECIMAL =
      Pattern.compile("(?:decimal|numeric)\\((\\d{1,2})(?:, ?(\\d{1,2}))?\\)");

  private final Optional<LogicalType> everywhere;
  private final Map<String, LogicalType> byColumn;

  private TypeOverrides(Optional<LogicalType> everywhere, Map<String, LogicalType> byColumn) {
    this.everywhere = everywhere;
    this.byColumn = byColumn;
  }

  static TypeOverrides read(ReaderOptions options) {
    Object value = options.value("dtype");
    if (value == null) {
      return new TypeOverrides(Optional.empty(), Map.of());
    }
    if (value instanceof String text) {
      return new TypeOverrides(Optional.of(type(text)), Map.of());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw options.wrong("dtype", "a type, or an object of columns and their types,");
    }
    Map<String, LogicalType> byColumn = new LinkedHashMap<>();
    map.forEach((column, type) -> byColumn.put(String.valueOf(column), type(type)));
    return new TypeOverrides(Optional.empty(), byColumn);
  }

  /**
   * Returns the columns with their types set.
   *
   * @throws ConfigException when a type is set for a column that does not exist
   */
  List<TableColumn> apply(List<TableColumn> columns) {
    List<TableColumn> typed = new ArrayList<>(columns.size());
    for (TableColumn column : columns) {
      LogicalType type = byColumn.getOrDefault(column.name(), everywhere.orElse(column.type()));
      typed.add(new TableColumn(column.name(), type));
    }
    for (String name : byColumn.keySet()) {
      if (columns.stream().noneMatch(column -> column.name().equals(name))) {
        throw new ConfigException(
            "dtype_column_unknown",
            "reader_options.dtype names a column \""
                + ConnectorException.outside(name)
                + "\", which the file does not have. It has "
                + names(columns)
                + ".");
      }
    }
    return typed;
  }

  private static String names(List<TableColumn> columns) {
    return ConnectorException.outside(
        String.join(", ", columns.stream().map(TableColumn::name).toList()));
  }

  private static LogicalType type(@Nullable Object given) {
    String name = String.valueOf(given).strip().toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return decimal(given, decimal);
    }
    return switch (name) {
      case "str", "string", "object", "text", "category" -> new LogicalType.Text();
      case "int", "integer", "bigint", "int8", "int16", "int32", "int64" -> new LogicalType.Int(64);
      case "float", "double", "float32", "float64" -> new LogicalType.Real(64);
      case "bool", "boolean" -> new LogicalType.Bool();
      case "date" -> new LogicalType.Date();
      case "timestamp", "datetime", "datetime64[ns]", "datetime64[us]" ->
          new LogicalType.Timestamp();
      case "timestamptz",
          "timestamp with zone",
          "timestamp with time zone",
          "datetime64[ns, utc]",
          "datetime64[us, utc]" ->
          new LogicalType.TimestampTz();
      default -> throw unknown(given);
    };
  }

  private static LogicalType decimal(@Nullable Object given, Matcher parts) {
    try {
      String scale = parts.group(2);
      return new LogicalType.Decimal(
          Integer.parseInt(parts.group(1)), scale == null ? 0 : Integer.parseInt(scale));
    } catch (IllegalArgumentException e) {
      throw unknown(given);
    }
  }

  private static ConfigException unknown(@Nullable Object given) {
    return new ConfigException(
        "dtype_unknown",
        "reader_options.dtype has \""
            + ConnectorException.outside(String.valueOf(given))
            + "\", which is no type known here. Use text, int64, float64, boolean, date, timestamp,"
            + " timestamptz or decimal(p,s).");
  }
}
