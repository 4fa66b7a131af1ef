package io.millrace.server.command;

import io.millrace.server.connector.ConnectorPage;
import io.millrace.server.output.Console;
import io.millrace.server.output.Json;
import io.millrace.server.output.TextTable;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.config.ConfigSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace connectors}: what can be read and written. */
@Command(
    name = "connectors",
    description = {
      "Lists what can be read and written, and shows the options of one connector.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace connectors",
      "  millrace connectors search parquet",
      "  millrace connectors show source-postgres",
      ""
    },
    synopsisHeading = "Usage: ",
    commandListHeading = "%nCommands:%n")
final class ConnectorsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--json",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Prints JSON, with the JSON schema of each connector.")
  private boolean json;

  ConnectorsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    print(surroundings.registry().all());
    return ExitCode.OK;
  }

  @Command(name = "list", description = "Lists every connector.")
  int list() {
    return call();
  }

  @Command(name = "search", description = "Lists the connectors that have to do with a word.")
  int search(
      @Parameters(paramLabel = "TEXT", description = "A part of a name, a system, a format.")
          String text) {
    List<ConnectorDefinition<?>> found = surroundings.registry().search(text);
    if (found.isEmpty() && !json) {
      surroundings
          .console()
          .line("No connector has to do with \"" + text + "\"; \"millrace connectors\" lists all.");
      return ExitCode.OK;
    }
    print(found);
    return ExitCode.OK;
  }

  @Command(name = "show", description = "Shows the options of one connector.")
  int show(
      @Parameters(
              paramLabel = "NAME",
              completionCandidates = Candidates.Connectors.class,
              description = "Such as source-postgres.")
          String name) {
    ConnectorDefinition<?> connector = surroundings.registry().find(name);
    Console console = surroundings.console();
    if (json) {
      console.line(Json.pretty(plain(connector)));
    } else {
      ConnectorPage.of(connector).lines(console.columns()).forEach(console::line);
    }
    return ExitCode.OK;
  }

  private void print(List<ConnectorDefinition<?>> connectors) {
    Console console = surroundings.console();
    if (json) {
      console.line(Json.pretty(connectors.stream().map(ConnectorsCommand::plain).toList()));
      return;
    }
    TextTable table = new TextTable(List.of("NAME", "SYSTEM", "IN ONE LINE", "WHAT IT DOES"));
    for (ConnectorDefinition<?> one : connectors) {
      table.row(
          List.of(
              one.info().name(),
              one.info().title(),
              one.uriForm().example(),
              one.info().summary()));
    }
    table.lines(console.terminal() ? console.columns() : Integer.MAX_VALUE).forEach(console::line);
  }

  private static Map<String, Object> plain(ConnectorDefinition<?> connector) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("name", connector.info().name());
    plain.put("definition_id", connector.info().definitionId().toString());
    plain.put("title", connector.info().title());
    plain.put("summary", connector.info().summary());
    plain.put("uri_schemes", connector.uriForm().schemes());
    plain.put("uri_example", connector.uriForm().example());
    plain.put("specification", ConfigSpec.of(connector).jsonSchema());
    return plain;
  }
}
