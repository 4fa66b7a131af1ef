package io.millrace.server.command;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace help}. */
@Command(name = "help", description = "Shows how a command is used.", synopsisHeading = "Usage: ")
final class HelpCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..2", description = "Such as sync.")
  private List<String> names = new ArrayList<>();

  HelpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      return ExitCode.FAILED;
    }
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      CommandLine inner = command.getSubcommands().get(name);
      if (inner == null) {
        throw new ConfigException(
            "unknown_command",
            "There is no command \""
                + name
                + "\""
                + Suggestion.of(name, List.copyOf(command.getSubcommands().keySet()))
                + "; \"millrace help\" lists all.");
      }
      command = inner;
    }
    command.usage(surroundings.console().out());
    return ExitCode.OK;
  }
}
