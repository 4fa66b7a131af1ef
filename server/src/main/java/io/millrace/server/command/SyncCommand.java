package io.millrace.server.command;

import io.millrace.engine.Cancellation;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.SyncStatus;
import io.millrace.engine.SyncSummary;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.output.Console;
import io.millrace.server.output.Json;
import io.millrace.server.output.JsonReporter;
import io.millrace.server.output.LiveReporter;
import io.millrace.server.output.Outcome;
import io.millrace.server.output.PlainReporter;
import io.millrace.server.output.RunInfo;
import io.millrace.server.output.SecretMask;
import io.millrace.server.output.Sentences;
import io.millrace.server.output.SummaryJson;
import io.millrace.server.output.SyncReporter;
import io.millrace.server.pipeline.Pipeline;
import io.millrace.server.state.StateFolder;
import io.millrace.server.sync.SyncSession;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace sync}. */
@Command(
    name = "sync",
    description = {
      "Moves the rows of one or more pipelines, and goes on where an interrupted sync stopped.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace sync pipeline.yaml",
      "  millrace sync shop.yaml crm.yaml --output json",
      "  millrace sync \"postgresql://me@localhost:5432/shop\" duckdb:shop.duckdb \\",
      "      --stream 'public.*' --mode incremental_append_dedup --cursor updated_at --key id",
      "  millrace sync 'data/*.csv' \"postgresql://me@localhost/shop?schema=staging\"",
      "  millrace sync --source source-postgres --source-config s.json \\",
      "      --destination destination-duckdb --destination-config d.json --catalog catalog.json",
      "",
      "Exit codes: 0 all succeeded, 2 usage or configuration, 3 a stream failed,",
      "4 try again later, 130 stopped.",
      ""
    },
    synopsisHeading = "Usage: ")
final class SyncCommand implements Callable<Integer> {
  private static final int RETRIES_MAX = 1000;
  private static final long MEMORY_MIB_MIN = 64;
  private static final long MEMORY_MIB_MAX = 1 << 20;

  private final Surroundings surroundings;
  @Mixin private final PipelineArguments arguments = new PipelineArguments();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "text (default), or json: one event a line, the summary last.")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--retries",
      paramLabel = "NUMBER",
      description =
          "How often a stream is tried again when a connection fails and nothing moves in between"
              + " (default 8, about two minutes).")
  private int retries = EngineSettings.DEFAULT.retriesMax();

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "The most memory that rows under way may take, beside Java's heap (default 256); with less,"
              + " fewer partitions are read at once.")
  private long memoryMib = EngineSettings.DEFAULT.arrowBytesMax() >> 20;

  SyncCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    EngineSettings settings;
    List<Pipeline> pipelines;
    try {
      settings = settings();
      pipelines = arguments.pipelines(surroundings);
    } catch (RuntimeException e) {
      return refused(e);
    }
    Cancellation cancellation = new Cancellation();
    Thread syncing = Thread.currentThread();
    Signals.onFirst(
        () -> {
          cancellation.request();
          syncing.interrupt();
        });
    List<Integer> codes = new ArrayList<>();
    try (SyncReporter reporter = reporter(pipelines.size())) {
      for (Pipeline pipeline : pipelines) {
        Ended ended = sync(pipeline, settings, reporter, cancellation);
        Outcome outcome = ended.outcome();
        codes.add(ended.recorded() ? ExitCode.of(outcome) : ExitCode.FAILED);
        if (output == OutputFormat.TEXT) {
          new SyncLook(surroundings).show(pipeline, outcome);
        }
        if (cancellation.requested()) {
          break;
        }
      }
    }
    return ExitCode.ofAll(codes);
  }

  /**
   * A pipeline whose outcome has been shown.
   *
   * @param recorded whether the state says so too
   */
  private record Ended(Outcome outcome, boolean recorded) {}

  private EngineSettings settings() {
    if (retries < 0 || retries > RETRIES_MAX) {
      throw new ConfigException(
          "arguments",
          "--retries takes a number from 0 to " + RETRIES_MAX + ", not " + retries + ".");
    }
    if (memoryMib < MEMORY_MIB_MIN || memoryMib > MEMORY_MIB_MAX) {
      throw new ConfigException(
          "arguments",
          "--memory takes a number of MiB from "
              + MEMORY_MIB_MIN
              + " to "
              + MEMORY_MIB_MAX
              + ", not "
              + memoryMib
              + ".");
    }
    return EngineSettings.DEFAULT.withRetries(retries).within(memoryMib << 20);
  }

  private int refused(RuntimeException e) {
    if (output == OutputFormat.JSON) {
      String message = Outcome.messageOf(e);
      Sentences.of(message).forEach(surroundings.console()::errorLine);
      surroundings.console().line(Json.line(SummaryJson.failed(Outcome.codeOf(e), message)));
      return ExitCode.of(e);
    }
    throw e;
  }

  private Ended sync(
      Pipeline pipeline,
      EngineSettings settings,
      SyncReporter reporter,
      Cancellation cancellation) {
    StateFolder folder = arguments.stateFolder(pipeline, surroundings);
    SecretMask mask = SecretMask.of(secrets(pipeline));
    RunInfo run =
        new RunInfo(
            pipeline.name(),
            pipeline.source().connector().info().name(),
            pipeline.destination().connector().info().name(),
            SyncSession.logFile(folder),
            mask);
    Instant began = surroundings.clock().instant();
    try (SyncSession session =
        SyncSession.open(pipeline, folder, mask, settings, surroundings.clock())) {
      return run(session, run, reporter, cancellation, began);
    } catch (ConnectorException e) {
      Outcome outcome = Outcome.failed(e, since(began));
      reporter.end(run.withoutLog(), outcome);
      return new Ended(outcome, true);
    }
  }

  private Ended run(
      SyncSession session,
      RunInfo run,
      SyncReporter reporter,
      Cancellation cancellation,
      Instant began) {
    Outcome outcome;
    try {
      SyncSummary summary = session.run(reporter.begin(run), cancellation);
      outcome = new Outcome(summary, null, since(began));
    } catch (RuntimeException | Error e) {
      outcome = cancellation.requested() ? stopped(began) : Outcome.failed(e, since(began));
    }
    // A wish to end was heard by now; it must not break the writing of the summary.
    Thread.interrupted();
    reporter.end(run, outcome);
    return new Ended(outcome, conclude(session, outcome, run.mask()));
  }

  /** The summary was the last line; what fails behind it is for stderr and the exit code. */
  private boolean conclude(SyncSession session, Outcome outcome, SecretMask mask) {
    if (outcome.summary() == null) {
      return true;
    }
    try {
      session.conclude(outcome.summary());
      return true;
    } catch (ConnectorException e) {
      surroundings
          .console()
          .errorLine(
              "The rows are in place, but the end of this sync could not be recorded. "
                  + mask.mask(e.userMessage())
                  + " The next sync records this end; it begins nothing new.");
      return false;
    }
  }

  private Outcome stopped(Instant began) {
    return new Outcome(
        new SyncSummary(0, SyncStatus.CANCELLED, List.of(), since(began)), null, since(began));
  }

  private Duration since(Instant began) {
    return Duration.between(began, surroundings.clock().instant());
  }

  private SyncReporter reporter(int pipelines) {
    Console console = surroundings.console();
    return switch (output) {
      case JSON -> new JsonReporter(console, pipelines);
      case TEXT ->
          console.terminal()
              ? new LiveReporter(console, surroundings.clock())
              : new PlainReporter(console);
    };
  }

  private static Set<String> secrets(Pipeline pipeline) {
    Set<String> secrets = new HashSet<>();
    secrets.addAll(SecretFields.of(pipeline.source().connector()).in(pipeline.source().values()));
    secrets.addAll(
        SecretFields.of(pipeline.destination().connector()).in(pipeline.destination().values()));
    return secrets;
  }
}
