package io.millrace.connectors.duckdb;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.WriteMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a load's rows go.
 *
 * @param plan the plan
 * @param table the table that readers know
 * @param staging the table that holds the rows until they are published; unused by appends
 * @param change what makes {@code table} fit the schema; for overwrites, {@code staging}
 * @param log the load's records
 */
record Target(LoadPlan plan, Table table, Table staging, TableChange change, CommitLog log) {
  /** Returns the table that writers fill. */
  Table written() {
    return plan.writeMode().staged() ? staging : table;
  }

  /** Tells whether the whole table is replaced. */
  boolean replaces() {
    return plan.writeMode() == WriteMode.OVERWRITE || plan.writeMode() == WriteMode.OVERWRITE_DEDUP;
  }

  /** Tells whether the staging table records each row's place. */
  boolean ordered() {
    return plan.writeMode().dedups();
  }

  /** Returns the columns of {@code change} that fields land in, in the order of {@code fields}. */
  List<String> columnsOf(List<String> fields) {
    List<String> names = new ArrayList<>();
    for (String field : fields) {
      for (Column column : change.columns()) {
        if (column.field().equals(field)) {
          names.add(column.name());
        }
      }
    }
    return names;
  }
}
