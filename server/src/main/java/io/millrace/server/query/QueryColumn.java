package io.millrace.server.query;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A column of a query's result.
 *
 * @param name as the query says it; others may have the same
 * @param type as DuckDB writes it
 */
public record QueryColumn(String name, String type) {
  static List<QueryColumn> of(ResultSetMetaData meta) throws SQLException {
    List<QueryColumn> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(new QueryColumn(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
    }
    return columns;
  }

  ColumnForm form() {
    return ColumnForm.of(type);
  }

  /** Returns a query that brings every column of another into its form. */
  static String formed(String query, List<QueryColumn> columns) {
    String forms =
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i).form().expression("c" + i))
            .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    return "SELECT " + forms + " FROM (" + query + "\n) AS q(" + names + ")";
  }

  /** Tells whether its values are numbers. */
  boolean numeric() {
    return type.endsWith("INT")
        || type.endsWith("INTEGER")
        || type.startsWith("DECIMAL")
        || type.equals("BIGNUM")
        || type.equals("DOUBLE")
        || type.equals("FLOAT");
  }
}
