package io.millrace.server.command;

import io.millrace.protocol.ConfiguredEntry;
import io.millrace.protocol.ProtocolRead;
import io.millrace.protocol.ReadState;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace read}. */
@Command(
    name = "read",
    description = {"Prints a source's rows and states as messages of Airbyte's protocol.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace read source-postgres --config source.json --catalog configured.json > rows.jsonl",
      "  millrace read source-postgres --config source.json --catalog configured.json \\",
      "      --state state.json",
      ""
    },
    synopsisHeading = "Usage: ")
final class ReadCommand implements Callable<Integer> {
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

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      required = true,
      description = "The configured catalog.")
  private String catalog = "";

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "The states of an earlier read; without it everything is read.")
  private @Nullable String state;

  ReadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ProtocolCommand command = new ProtocolCommand(surroundings);
    return command.run(
        () -> {
          List<ConfiguredEntry> entries = command.files().catalog(catalog);
          Endpoint endpoint = command.endpoint(name, config);
          Map<StreamName, ReadState> states =
              state == null ? Map.of() : command.files().states(state, endpoint.connector());
          try (ConnectorRuntime runtime = command.runtime();
              Source source = endpoint.source().apply(runtime.context())) {
            return new ProtocolRead(source, command.writer()).run(entries, states);
          }
        });
  }
}
