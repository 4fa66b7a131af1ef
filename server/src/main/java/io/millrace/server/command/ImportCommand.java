package io.millrace.server.command;

import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.importer.AirbyteImport;
import io.millrace.server.importer.ImportReport;
import io.millrace.server.importer.OldWorkspace;
import io.millrace.server.output.Console;
import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace import airbyte}. */
@Command(
    name = "import",
    description = {
      "Takes sources, destinations, connections and their state over from a running Airbyte.",
      "Connections arrive switched off; a second run goes on where the first stopped.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace import airbyte --url http://airbyte.example:8000",
      "  AIRBYTE_CLIENT_ID=... AIRBYTE_CLIENT_SECRET=... millrace import airbyte --url https://...",
      "",
      "The old server's login comes from AIRBYTE_TOKEN, AIRBYTE_CLIENT_ID and",
      "AIRBYTE_CLIENT_SECRET, or AIRBYTE_USERNAME and AIRBYTE_PASSWORD.",
      ""
    },
    synopsisHeading = "Usage: ")
final class ImportCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ServerArguments arguments = new ServerArguments();

  @Parameters(index = "0", paramLabel = "airbyte", description = "What to import from.")
  private String kind = "";

  @Option(names = "--url", paramLabel = "URL", required = true, description = "The old server.")
  private String url = "";

  @Option(
      names = "--from-workspace",
      paramLabel = "NAME",
      description = "The old server's workspace, where it has several.")
  private @Nullable String fromWorkspace;

  ImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!kind.equals("airbyte")) {
      throw new ConfigException(
          "arguments", "Nothing can be imported from \"" + kind + "\"; known is airbyte.");
    }
    try (ApiClient from = ApiClient.of(url, surroundings.environment(), "AIRBYTE");
        ApiClient to = arguments.client(surroundings)) {
      AirbyteImport taken =
          new AirbyteImport(OldWorkspace.open(from, fromWorkspace), arguments.workspace(to));
      try {
        taken.run();
      } finally {
        // What was made before a server failed is there, and its secrets are to be set.
        show(taken.report());
      }
      return taken.report().left().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void show(ImportReport report) {
    section("Made:", report.made());
    section("There already, left alone:", report.kept());
    section("Secrets to set by hand, the old server shows none:", report.secrets());
    section("Not taken over:", report.left());
    if (report.made().stream().anyMatch(line -> line.startsWith("connection "))) {
      surroundings.console().line("Connections are switched off until you switch them on.");
    }
  }

  private void section(String title, List<String> lines) {
    Console console = surroundings.console();
    if (!lines.isEmpty()) {
      console.line(title);
      lines.forEach(line -> console.line("  " + line));
    }
  }
}
