package io.millrace.server.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code millrace version}. */
@Command(name = "version", description = "Shows the version of Millrace and of Java.")
final class VersionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the version, or {@code development} outside the built program. */
  static String version() {
    return Objects.requireNonNullElse(
        VersionCommand.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public Integer call() {
    surroundings
        .console()
        .line("millrace " + version() + " (Java " + Runtime.version().feature() + ")");
    return ExitCode.OK;
  }
}
