package io.millrace.server.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.StreamPattern;
import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.output.TextTable;
import io.millrace.server.state.Quarantine;
import io.millrace.server.state.StateFolder;
import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace quarantine}: the rows that could not be carried. */
@Command(
    name = "quarantine",
    description = {"Shows the rows that could not be carried, and why.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace quarantine list pipeline.yaml",
      "  millrace quarantine show pipeline.yaml --stream public.orders",
      "  millrace quarantine show pipeline.yaml --json > refused.jsonl",
      ""
    },
    synopsisHeading = "Usage: ",
    commandListHeading = "%nCommands:%n")
final class QuarantineCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  QuarantineCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(surroundings.console().err());
    }
    return ExitCode.USAGE;
  }

  @Command(name = "list", description = "Lists the streams that have rows in quarantine.")
  int list(@Mixin StateArguments arguments) {
    StateFolder folder = arguments.folder(surroundings);
    Console console = surroundings.console();
    List<Quarantine.Kept> streams = new Quarantine(folder).streams();
    if (streams.isEmpty()) {
      console.line(folder.pipeline() + ": no row is in quarantine.");
      return ExitCode.OK;
    }
    TextTable table =
        new TextTable(List.of("STREAM", "ROWS", "DROPPED", "NEWEST", "WHY THE NEWEST")).right(1, 2);
    for (Quarantine.Kept kept : streams) {
      table.row(
          List.of(
              kept.stream().display(),
              Humans.count(kept.rows()),
              Humans.count(kept.dropped()),
              kept.newest(),
              kept.reason()));
    }
    table.lines(console.terminal() ? console.columns() : 200).forEach(console::line);
    return ExitCode.OK;
  }

  @Command(name = "show", description = "Shows the rows in quarantine, oldest first.")
  int show(
      @Mixin StateArguments arguments,
      @Option(names = "--stream", paramLabel = "PATTERN", description = "Only these streams.")
          @Nullable String pattern,
      @Option(names = "--json", description = "A JSON object per row and line.") boolean json) {
    StateFolder folder = arguments.folder(surroundings);
    Quarantine quarantine = new Quarantine(folder);
    StreamPattern wanted = StreamPattern.parse(pattern == null ? "*" : pattern);
    List<Quarantine.Kept> streams =
        quarantine.streams().stream()
            .filter(kept -> pattern == null || wanted.matches(kept.stream()))
            .toList();
    if (streams.isEmpty() && pattern != null) {
      throw new ConfigException(
          "stream_unknown", "No stream called " + pattern + " has rows in quarantine.");
    }
    for (Quarantine.Kept kept : streams) {
      print(kept, quarantine.rows(kept.stream()), json);
    }
    return ExitCode.OK;
  }

  private void print(Quarantine.Kept kept, List<ObjectNode> rows, boolean json) {
    Console console = surroundings.console();
    if (json) {
      rows.forEach(row -> console.line(row.toString()));
      return;
    }
    console.line(kept.stream().display());
    TextTable table = new TextTable(List.of("POSITION", "COLUMN", "REASON", "VALUE", "TIME"));
    for (ObjectNode row : rows) {
      table.row(
          List.of(
              row.path("position").asText(),
              row.path("column").asText(""),
              row.path("reason").asText(),
              row.path("value").asText(),
              row.path("time").asText()));
    }
    table.lines(console.terminal() ? console.columns() : 200).forEach(console::line);
  }
}
