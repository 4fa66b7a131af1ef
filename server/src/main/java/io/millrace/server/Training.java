package io.millrace.server;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Does a little of everything, so that Java's ahead-of-time cache knows the classes and methods
 * that a real run needs. The launcher runs it once after a build; what it prints nobody reads.
 */
final class Training {
  /** A server that refuses the connection at once: the driver is loaded on the way. */
  private static final String NO_DATABASE =
      """
      {"host": "127.0.0.1", "port": 1, "database": "none", "username": "nobody"}
      """;

  private Training() {}

  /**
   * Runs commands.
   *
   * @param folder for what they leave
   * @return whether all of them succeeded
   */
  static boolean run(String folder) {
    String database = folder + "/training.duckdb";
    String[] sync = {
      "sync", "faker:?count=3000&seed=1", "duckdb:" + database, "--state-dir", folder
    };
    boolean good = command("connectors");
    good &= command("connectors", "show", "source-faker");
    good &= command(sync);
    good &= command(sync[0], sync[1], sync[2], sync[3], sync[4], "--output", "json");
    good &= command("query", database, "SELECT count(*) FROM users");
    good &= command("check", "source-postgres", "--config", config(folder));
    return good;
  }

  private static String config(String folder) {
    try {
      return Files.writeString(Path.of(folder, "none.json"), NO_DATABASE).toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean command(String... arguments) {
    return new CommandLineProgram(Surroundings.ofThisProcess()).run(arguments) == 0;
  }
}
