package io.millrace.server.command;

import io.millrace.protocol.ConfiguredEntry;
import io.millrace.protocol.ProtocolWrite;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.spi.Destination;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace write}. */
@Command(
    name = "write",
    description = {
      "Writes the RECORD messages on stdin, and answers each STATE when the rows before it are"
          + " durable.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace write destination-duckdb --config d.json --catalog configured.json < rows.jsonl",
      ""
    },
    synopsisHeading = "Usage: ")
final class WriteCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Candidates.Destinations.class,
      description = "The destination, such as destination-duckdb.")
  private String name = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration, a JSON file.")
  private String config = "";

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      required = true,
      description = "The configured catalog.")
  private String catalog = "";

  WriteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProtocolCommand command = new ProtocolCommand(surroundings);
    return command.run(
        () -> {
          List<ConfiguredEntry> entries = command.files().catalog(catalog);
          try (ConnectorRuntime runtime = command.runtime();
              Destination destination =
                  command.endpoint(name, config).destination().apply(runtime.context())) {
            return new ProtocolWrite(destination, runtime.context(), entries, command.writer())
                .run(surroundings.stdin());
          }
        });
  }
}
