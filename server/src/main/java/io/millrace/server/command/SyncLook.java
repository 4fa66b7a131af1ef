package io.millrace.server.command;

import io.millrace.engine.StreamStatus;
import io.millrace.engine.StreamSummary;
import io.millrace.server.output.Console;
import io.millrace.server.output.Outcome;
import io.millrace.server.pipeline.Pipeline;
import io.millrace.server.query.TableLook;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What a person sees behind the summary, where a look at the data is easy: in a DuckDB file. */
final class SyncLook {
  private static final String DUCKDB = "destination-duckdb";
  private static final String PATH = "destination_path";

  /** A name that needs no quotes in a query. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

  /** Its rows are made up, so that they may be printed without being asked for. */
  private static final String FAKER = "source-faker";

  private final Surroundings surroundings;

  SyncLook(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Shows made-up rows as they are, and how to look at others. */
  void show(Pipeline pipeline, Outcome outcome) {
    List<String> tables =
        outcome.streams().stream()
            .filter(stream -> stream.status() == StreamStatus.SUCCEEDED)
            .sorted(Comparator.comparingLong(stream -> -stream.tally().rowsWritten()))
            .map(StreamSummary::target)
            .filter(target -> PLAIN.matcher(target).matches())
            .toList();
    Object path = pipeline.destination().values().get(PATH);
    if (!pipeline.destination().connector().info().name().equals(DUCKDB)
        || path == null
        || tables.isEmpty()) {
      return;
    }
    Path file = pipeline.baseDirectory().resolve(path.toString()).normalize();
    Console console = surroundings.console();
    boolean madeUp = pipeline.source().connector().info().name().equals(FAKER);
    if (madeUp) {
      new TableLook(console, file).print(tables);
    }
    if (!madeUp && !console.terminal()) {
      return;
    }
    console.line("");
    console.line(LookCloser.line(surroundings, file, tables.getFirst()));
  }
}
