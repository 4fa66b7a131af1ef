package io.millrace.server.command;

import io.millrace.protocol.ProtocolMessages;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace check}. */
@Command(
    name = "check",
    description = {
      "Tries a connector's configuration and prints the answer as an Airbyte protocol message.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {"  millrace check source-postgres --config source.json", ""},
    synopsisHeading = "Usage: ")
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Candidates.Connectors.class,
      description = "The connector, such as source-postgres.")
  private String name = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration, a JSON file.")
  private String config = "";

  CheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProtocolCommand command = new ProtocolCommand(surroundings);
    return command.run(
        () -> {
          answer(command);
          return List.of();
        });
  }

  /** A configuration that does not work is an answer, not a failure of the command. */
  private void answer(ProtocolCommand command) throws InterruptedException {
    ProtocolMessages messages = command.messages();
    surroundings.registry().find(name);
    try (ConnectorRuntime runtime = command.runtime()) {
      check(command.endpoint(name, config), runtime);
      messages.connectionSucceeded();
    } catch (ConnectorException e) {
      messages.connectionFailed(e.userMessage());
    }
  }

  private static void check(Endpoint endpoint, ConnectorRuntime runtime)
      throws InterruptedException {
    switch (endpoint.connector()) {
      case SourceDefinition<?> ignored -> {
        try (Source source = endpoint.source().apply(runtime.context())) {
          source.check();
        }
      }
      case DestinationDefinition<?> ignored -> {
        try (Destination destination = endpoint.destination().apply(runtime.context())) {
          destination.check();
        }
      }
    }
  }
}
