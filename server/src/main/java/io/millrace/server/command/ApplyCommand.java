package io.millrace.server.command;

import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.workspacefile.Step;
import io.millrace.server.workspacefile.WorkspaceFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace apply}. */
@Command(
    name = "apply",
    description = {
      "Makes a server's workspace as a file says; what the file does not say stays as it is.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace apply -f workspace.yaml --plan    # what would change",
      "  millrace apply -f workspace.yaml",
      "  millrace apply -f workspace.yaml --prune   # deletes what the file does not name",
      ""
    },
    synopsisHeading = "Usage: ")
final class ApplyCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ServerArguments arguments = new ServerArguments();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "The workspace file.")
  private String file = "";

  @Option(names = "--plan", description = "Shows what would change, and changes nothing.")
  private boolean plan;

  @Option(names = "--prune", description = "Deletes what the file does not name.")
  private boolean prune;

  ApplyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = surroundings.console();
    Path path = surroundings.currentDirectory().resolve(file);
    try (ApiClient client = arguments.client(surroundings)) {
      WorkspaceFiles files = new WorkspaceFiles(arguments.workspace(client));
      List<Step> steps = files.plan(path, prune);
      if (steps.isEmpty()) {
        console.line("Nothing to change.");
        return ExitCode.OK;
      }
      if (plan) {
        steps.forEach(step -> show(console, step));
        console.line(Humans.plural(steps.size(), "change") + "; nothing was changed.");
        return ExitCode.OK;
      }
      files.apply(
          steps,
          step -> console.line(step.text()),
          warning -> console.errorLine("Warning: " + warning));
      console.line(Humans.plural(steps.size(), "change") + " made.");
    }
    return ExitCode.OK;
  }

  private static void show(Console console, Step step) {
    console.line(step.text());
    step.warnings().forEach(warning -> console.errorLine("Warning: " + warning));
  }
}
