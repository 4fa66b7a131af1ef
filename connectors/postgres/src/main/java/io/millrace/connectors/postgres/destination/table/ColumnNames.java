package io.millrace.connectors.postgres.destination.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every field of a stream a column name of its own. Pure: the same fields, the same names.
 */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * Returns the column of each field, in their order. A field whose name can stay as it is keeps
   * it, whatever the others are called.
   */
  public static List<String> of(List<String> fields) {
    Set<String> taken = new HashSet<>();
    for (String field : fields) {
      if (Names.column(field).equals(field)) {
        taken.add(field);
      }
    }
    List<String> columns = new ArrayList<>(fields.size());
    for (String field : fields) {
      String column = Names.column(field);
      columns.add(column.equals(field) ? field : free(field, column, taken));
    }
    return columns;
  }

  /** Returns the fields whose column has another name, with that name. */
  public static Map<String, String> renamed(List<String> fields, List<String> columns) {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).equals(columns.get(i))) {
        renamed.put(fields.get(i), columns.get(i));
      }
    }
    return renamed;
  }

  private static String free(String field, String first, Set<String> taken) {
    String column = first;
    for (int attempt = 1; !taken.add(column); attempt++) {
      column = Names.hashed(field, field + "#" + attempt);
    }
    return column;
  }
}
