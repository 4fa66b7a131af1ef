package io.millrace.server.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command without a name: shows what there is. */
@Command(
    name = CommandLineProgram.NAME,
    description = {
      "Moves data between databases, files and lakes, and proves that it arrived.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace sync examples/quickstart.yaml",
      "  millrace sync \"postgresql://me@localhost/shop\" duckdb:shop.duckdb --stream 'public.*'",
      "  millrace init \"postgresql://me@localhost/shop\" duckdb:shop.duckdb",
      "  millrace query shop.duckdb \"SELECT * FROM orders LIMIT 10\"",
      ""
    },
    synopsisHeading = "Usage: ",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class RootCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-V", "--version"},
      description = "Shows the version.")
  private boolean version;

  RootCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (version) {
      return new VersionCommand(surroundings).call();
    }
    if (spec != null) {
      CommandLine commandLine = spec.commandLine();
      commandLine.usage(surroundings.console().out());
    }
    return ExitCode.USAGE;
  }
}
