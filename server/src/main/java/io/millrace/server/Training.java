package io.millrace.server;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;

/**
 * Does a little of everything, so that Java's ahead-of-time cache knows the classes and methods
 * that a real run needs. The launcher runs it once after a build; what it prints nobody reads.
 */
final class Training {
  private Training() {}

  /** Runs every quick command once. */
  public static void main(String[] args) {
    Surroundings surroundings = Surroundings.ofThisProcess();
    new CommandLineProgram(surroundings).run("connectors");
    new CommandLineProgram(surroundings).run("sync", "--help");
  }
}
