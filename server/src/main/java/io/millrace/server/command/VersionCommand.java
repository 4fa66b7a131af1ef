package io.millrace.server.command;

import io.millrace.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code millrace version}. */
@Command(name = "version", description = "Shows the version of Millrace and of Java.")
final class VersionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings
        .console()
        .line("millrace " + Version.TEXT + " (Java " + Runtime.version().feature() + ")");
    return ExitCode.OK;
  }
}
