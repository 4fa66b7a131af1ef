package io.millrace.server;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;

/**
 * Does a little of everything, so that Java's ahead-of-time cache knows the classes and methods
 * that a real run needs. The launcher runs it once after a build; what it prints nobody reads.
 */
final class Training {
  private Training() {}

  /**
   * Runs commands in a folder.
   *
   * @param args the folder, for what a sync leaves
   */
  public static void main(String[] args) {
    String database = args[0] + "/training.duckdb";
    run("connectors");
    run("connectors", "show", "source-faker");
    run("sync", "faker:?count=3000&seed=1", "duckdb:" + database, "--state-dir", args[0]);
    run(
        "sync",
        "faker:?count=3000&seed=1",
        "duckdb:" + database,
        "--state-dir",
        args[0],
        "--output",
        "json");
    run("query", database, "SELECT count(*) FROM users");
  }

  private static void run(String... arguments) {
    new CommandLineProgram(Surroundings.ofThisProcess()).run(arguments);
  }
}
