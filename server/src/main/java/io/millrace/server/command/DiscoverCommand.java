package io.millrace.server.command;

import io.millrace.protocol.CatalogMessage;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.spi.Source;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace discover}. */
@Command(
    name = "discover",
    description = {"Prints a source's streams as one CATALOG message of Airbyte's protocol.", ""},
    footerHeading = "Examples:%n",
    footer = {"  millrace discover source-postgres --config source.json > catalog.json", ""},
    synopsisHeading = "Usage: ")
final class DiscoverCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Candidates.Sources.class,
      description = "The source, such as source-postgres.")
  private String name = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration, a JSON file.")
  private String config = "";

  DiscoverCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProtocolCommand command = new ProtocolCommand(surroundings);
    return command.run(
        () -> {
          try (ConnectorRuntime runtime = command.runtime();
              Source source = command.endpoint(name, config).source().apply(runtime.context())) {
            CatalogMessage.write(source, command.writer());
            return List.of();
          }
        });
  }
}
