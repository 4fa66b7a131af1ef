package io.millrace.server.command;

import io.millrace.server.query.DuckDbQuery;
import io.millrace.server.query.QueryOutput;
import io.millrace.spi.ConfigException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace query}. */
@Command(
    name = "query",
    description = {"Runs a query on a DuckDB file, which is opened for reading only.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace query shop.duckdb \"SHOW ALL TABLES\"",
      "  millrace query shop.duckdb \"SELECT status, count(*) FROM orders GROUP BY ALL\"",
      "  millrace query shop.duckdb \"FROM orders\" --csv > orders.csv",
      ""
    },
    synopsisHeading = "Usage: ")
final class QueryCommand implements Callable<Integer> {
  private static final int TABLE_ROWS_MAX = 1000;

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FILE.duckdb", description = "The database file.")
  private String file = "";

  @Parameters(index = "1", paramLabel = "SQL", description = "The query.")
  private String sql = "";

  @Option(names = "--csv", description = "Prints CSV.")
  private boolean csv;

  @Option(names = "--json", description = "Prints a JSON array of objects.")
  private boolean json;

  QueryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (csv && json) {
      throw new ConfigException("arguments", "--csv and --json exclude each other.");
    }
    String path = file.startsWith("duckdb:") ? file.substring("duckdb:".length()) : file;
    QueryOutput output = new QueryOutput(surroundings.console());
    AtomicBoolean shown = new AtomicBoolean();
    DuckDbQuery.run(
        surroundings.currentDirectory().resolve(path),
        sql,
        // One more tells that there are more.
        csv || json ? DuckDbQuery.ALL : TABLE_ROWS_MAX + 1,
        result -> {
          shown.set(true);
          if (csv) {
            output.csv(result);
          } else if (json) {
            output.json(result);
          } else {
            output.table(result, TABLE_ROWS_MAX);
          }
        });
    if (json && !shown.get()) {
      // A statement without a result, such as SET, has no rows either.
      surroundings.console().line("[]");
    }
    return ExitCode.OK;
  }
}
