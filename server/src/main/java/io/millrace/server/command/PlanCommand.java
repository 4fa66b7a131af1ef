package io.millrace.server.command;

import io.millrace.engine.Failure;
import io.millrace.engine.SyncPreview;
import io.millrace.engine.SyncPreview.StreamPreview;
import io.millrace.server.output.Console;
import io.millrace.server.output.Json;
import io.millrace.server.output.PreviewText;
import io.millrace.server.output.Sentences;
import io.millrace.server.output.SummaryJson;
import io.millrace.server.pipeline.Pipeline;
import io.millrace.server.sync.Preview;
import io.millrace.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace plan}. */
@Command(
    name = "plan",
    description = {
      "Shows what a sync would read and write, with the statements and estimates. Changes nothing.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace plan pipeline.yaml",
      "  millrace plan \"postgresql://me@localhost/shop\" duckdb:shop.duckdb --stream 'public.*'",
      "  millrace plan pipeline.yaml --output json",
      ""
    },
    synopsisHeading = "Usage: ")
final class PlanCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final PipelineArguments arguments = new PipelineArguments();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text (default) or json.")
  private OutputFormat output = OutputFormat.TEXT;

  PlanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      List<Integer> codes = new ArrayList<>();
      for (Pipeline pipeline : arguments.pipelines(surroundings)) {
        codes.add(plan(pipeline));
      }
      return ExitCode.ofAll(codes);
    } catch (ConnectorException e) {
      if (output == OutputFormat.TEXT) {
        throw e;
      }
      Sentences.of(e.userMessage()).forEach(surroundings.console()::errorLine);
      surroundings.console().line(Json.line(SummaryJson.failed(e.code(), e.userMessage())));
      return ExitCode.of(e);
    }
  }

  private int plan(Pipeline pipeline) {
    Console console = surroundings.console();
    SyncPreview preview =
        Preview.of(pipeline, arguments.stateFolder(pipeline, surroundings), surroundings.clock());
    PreviewText text = new PreviewText(pipeline.name(), preview);
    switch (output) {
      case JSON -> console.line(Json.line(text.json()));
      case TEXT -> text.lines().forEach(console::line);
    }
    List<Integer> codes = new ArrayList<>();
    for (StreamPreview stream : preview.streams()) {
      Failure failure = stream.failure();
      if (failure != null) {
        console.errorLine(stream.stream().display() + ": " + failure.message());
        codes.add(ExitCode.of(failure.kind()));
      }
    }
    return ExitCode.ofAll(codes);
  }
}
