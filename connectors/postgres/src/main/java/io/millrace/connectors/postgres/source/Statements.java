package io.millrace.connectors.postgres.source;

import java.util.ArrayList;
import java.util.List;

/** Writes the statements that read a place. */
final class Statements {
  private Statements() {}

  /** Returns the query of a task. */
  static String select(Task task, String selected) {
    return "SELECT "
        + selected
        + " FROM "
        + task.place().source()
        + where(task.place().condition(), task.filter().condition());
  }

  /** Returns the COPY of a task. */
  static String copy(Task task, String selected) {
    return "COPY (" + select(task, selected) + ") TO STDOUT (FORMAT binary)";
  }

  /** Joins conditions, empty ones left out, to a WHERE clause or to nothing. */
  static String where(String... conditions) {
    List<String> all = new ArrayList<>();
    for (String condition : conditions) {
      if (!condition.isEmpty()) {
        all.add("(" + condition + ")");
      }
    }
    return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
  }
}
