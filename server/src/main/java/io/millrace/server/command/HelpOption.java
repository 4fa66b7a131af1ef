package io.millrace.server.command;

import picocli.CommandLine.Option;

/** The option that every command has. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  /** Tells whether help was asked for. */
  boolean asked() {
    return help;
  }
}
