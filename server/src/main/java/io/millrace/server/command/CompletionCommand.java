package io.millrace.server.command;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Suggestion;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace completion}. */
@Command(
    name = "completion",
    description = {"Prints a script that completes commands and options in a shell.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  source <(millrace completion bash)                                # this session",
      "  millrace completion bash > /etc/bash_completion.d/millrace        # every session",
      "  source <(millrace completion zsh)",
      "  millrace completion fish > ~/.config/fish/completions/millrace.fish",
      ""
    },
    synopsisHeading = "Usage: ")
final class CompletionCommand implements Callable<Integer> {
  static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Candidates.Shells.class,
      description = "bash, zsh or fish.")
  private String shell = "";

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new ConfigException(
          "unknown_shell",
          "There is no completion for \""
              + shell
              + "\""
              + Suggestion.of(shell, SHELLS)
              + ", only for bash, zsh and fish.");
    }
    if (spec != null) {
      CommandSpec root = spec.root();
      surroundings
          .console()
          .line(
              shell.equals("fish")
                  ? FishCompletion.script(root)
                  : AutoComplete.bash(CommandLineProgram.NAME, root.commandLine()));
    }
    return ExitCode.OK;
  }
}
