package io.millrace.server.command;

import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.server.output.Humans;
import io.millrace.server.pipeline.OneLine;
import io.millrace.server.pipeline.PipelineDraft;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Source;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace init}. */
@Command(
    name = "init",
    description = {
      "Looks at a source and writes a commented pipeline file; secrets become references.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace init \"postgresql://me:secret@localhost/shop\" duckdb:shop.duckdb",
      "  millrace init 'data/*.csv' duckdb:data.duckdb --file data.yaml",
      ""
    },
    synopsisHeading = "Usage: ")
final class InitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FROM", description = "The source, a URI or a path.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "The destination, a URI or a path.")
  private String to = "";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      defaultValue = "pipeline.yaml",
      description = "The file to write (default: pipeline.yaml).")
  private String file = "";

  @Option(names = "--force", description = "Overwrites the file.")
  private boolean force;

  InitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path path = surroundings.currentDirectory().resolve(file);
    if (!force && Files.exists(path)) {
      throw exists(null);
    }
    OneLine oneLine =
        new OneLine(
            surroundings.registry(), surroundings.environment(), surroundings.currentDirectory());
    Endpoint source = oneLine.endpoint(Side.SOURCE, from);
    Endpoint destination = oneLine.endpoint(Side.DESTINATION, to);
    refuse(source);
    refuse(destination);
    PipelineDraft draft = new PipelineDraft(source, destination);
    try (ConnectorRuntime runtime =
            new ConnectorRuntime(
                surroundings.clock(),
                notice -> surroundings.console().errorLine(notice.message()));
        Source opened = source.source().apply(runtime.context())) {
      opened.discover(draft::stream);
    }
    write(path, draft.text());
    tell(draft);
    return ExitCode.OK;
  }

  private void tell(PipelineDraft draft) {
    surroundings
        .console()
        .line(file + " has " + Humans.plural(draft.streams(), "stream") + ". Next:");
    for (String variable : draft.variables()) {
      surroundings.console().line("  export " + variable + "=...");
    }
    surroundings.console().line("  millrace plan " + file);
    surroundings.console().line("  millrace sync " + file);
  }

  private static void refuse(Endpoint endpoint) {
    List<String> problems = new ArrayList<>(endpoint.problems());
    if (!problems.isEmpty()) {
      throw new ConfigException("config_invalid", String.join("\n", problems));
    }
  }

  private void write(Path path, String text) {
    StandardOpenOption[] options =
        force
            ? new StandardOpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new StandardOpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.writeString(path, text, StandardCharsets.UTF_8, options);
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (IOException e) {
      throw new SystemException(
          "file_unwritable", file + ": the file cannot be written.", e.toString(), e);
    }
  }

  private ConfigException exists(@org.jspecify.annotations.Nullable Throwable cause) {
    return new ConfigException(
        "file_exists",
        file + " exists already; --force overwrites it, --file names another.",
        file,
        cause);
  }
}
