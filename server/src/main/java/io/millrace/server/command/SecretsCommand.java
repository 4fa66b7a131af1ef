package io.millrace.server.command;

import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.secret.KeyRotation;
import io.millrace.server.state.ProcessLock;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.StoreLock;
import io.millrace.server.up.DataDirectory;
import io.millrace.spi.ConfigException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace secrets}: the key of the secrets that a server keeps. */
@Command(
    name = "secrets",
    description = {"Gives the secrets that a server keeps a new key.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace secrets rotate",
      "  MILLRACE_SECRET_KEY=... MILLRACE_SECRET_KEY_OLD=... millrace secrets rotate",
      ""
    },
    synopsisHeading = "Usage: ",
    commandListHeading = "%nCommands:%n")
final class SecretsCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  SecretsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(surroundings.console().err());
    }
    return ExitCode.USAGE;
  }

  @Command(
      name = "rotate",
      description = "Encrypts every secret with a new key. No server may run meanwhile.")
  int rotate(
      @Mixin DataArguments arguments,
      @Option(
              names = "--forget-lost",
              description = "Empties the secrets that no key opens, instead of stopping there.")
          boolean forgetLost) {
    DataDirectory directory = arguments.directory(surroundings);
    DatabaseUrl url = arguments.database(surroundings);
    if (url instanceof DatabaseUrl.Sqlite && !Files.isDirectory(directory.root())) {
      throw nothingKept(directory);
    }
    try (ProcessLock _ = directory.lock()) {
      if (url instanceof DatabaseUrl.Sqlite sqlite && !Files.exists(sqlite.file())) {
        throw nothingKept(directory);
      }
      try (StoreLock _ = StoreLock.alone(url);
          Database database = Database.open(url)) {
        report(
            new KeyRotation(database, directory.root(), surroundings.environment())
                .run(forgetLost));
      }
    }
    return ExitCode.OK;
  }

  private static ConfigException nothingKept(DataDirectory directory) {
    return new ConfigException(
        "data_directory",
        "No server has kept anything in " + directory.root() + "; name its folder with --data.");
  }

  private void report(KeyRotation.Result result) {
    Console console = surroundings.console();
    console.line(
        (result.resumed() ? "An interrupted rotation was completed: " : "")
            + Humans.plural(result.secrets(), "secret")
            + " encrypted with the key "
            + result.key()
            + ".");
    if (result.fromEnvironment()) {
      console.line("No older key is needed any more: MILLRACE_SECRET_KEY_OLD, secret.key.");
    }
    if (result.lost() > 0) {
      console.line(Humans.plural(result.lost(), "secret") + " lost; give them again.");
    }
  }
}
