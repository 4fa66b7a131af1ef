package io.millrace.server;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;

/** The entry point of the program, and the only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLineProgram(Surroundings.ofThisProcess()).run(args));
  }
}
