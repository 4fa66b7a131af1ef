package io.millrace.server.query;

import io.millrace.server.output.Console;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;

/** A look at the first rows of some tables, for people who have just loaded them. */
public final class TableLook {
  private static final int TABLES_MAX = 3;
  private static final int ROWS_MAX = 5;

  private final Console console;
  private final Path file;

  /** Looks into a DuckDB file. */
  public TableLook(Console console, Path file) {
    this.console = console;
    this.file = file;
  }

  /**
   * Prints the first rows of the first tables, without Airbyte's columns.
   *
   * @param tables full names, as they stand in a query
   */
  public void print(List<String> tables) {
    QueryOutput output = new QueryOutput(console);
    for (String table : tables.stream().limit(TABLES_MAX).toList()) {
      console.line("");
      console.line(table);
      try {
        DuckDbQuery.run(
            file,
            "SELECT COLUMNS(name -> NOT starts_with(name, '_airbyte_')) FROM "
                + table
                + " LIMIT "
                + ROWS_MAX,
            ROWS_MAX,
            output::rows);
      } catch (ConfigException e) {
        console.line("  " + e.userMessage());
      }
    }
  }
}
