package io.millrace.server.command;

import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.workspacefile.WorkspaceFiles;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace export}. */
@Command(
    name = "export",
    description = {"Writes a server's workspace as YAML, secrets masked.", ""},
    footerHeading = "Examples:%n",
    footer = {"  millrace export > workspace.yaml", "  millrace export --file workspace.yaml", ""},
    synopsisHeading = "Usage: ")
final class ExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final ServerArguments arguments = new ServerArguments();

  @Option(names = "--file", paramLabel = "FILE", description = "Writes here instead of stdout.")
  private @Nullable String file;

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    String text;
    try (ApiClient client = arguments.client(surroundings)) {
      text = new WorkspaceFiles(arguments.workspace(client)).export();
    }
    if (file == null) {
      surroundings.console().out().print(text);
      return ExitCode.OK;
    }
    Path path = surroundings.currentDirectory().resolve(file);
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new SystemException(
          "file_unwritable", file + ": the file cannot be written.", e.toString(), e);
    }
    return ExitCode.OK;
  }
}
