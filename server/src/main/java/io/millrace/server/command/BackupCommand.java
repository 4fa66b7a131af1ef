package io.millrace.server.command;

import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.secret.Keyring;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.StoreCopies;
import io.millrace.server.store.StoreCopy;
import io.millrace.server.up.DataDirectory;
import io.millrace.spi.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace backup}. */
@Command(
    name = "backup",
    description = {"Copies a server's metadata store, while it runs or not.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace backup",
      "  millrace backup --to /srv/backups/millrace.db --data /srv/millrace",
      ""
    },
    synopsisHeading = "Usage: ")
final class BackupCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final DataArguments arguments = new DataArguments();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "The copy; in the folder backups of the data directory without it.")
  private @Nullable String to;

  BackupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    DataDirectory data = arguments.directory(surroundings);
    return switch (arguments.database(surroundings)) {
      case DatabaseUrl.Sqlite sqlite -> copy(sqlite.file(), target(data));
      case DatabaseUrl.Postgres postgres -> tell(postgres);
    };
  }

  private Path target(DataDirectory data) {
    if (to == null) {
      String moment = StoreCopies.STAMP.format(surroundings.clock().instant());
      return data.backups().resolve("millrace-" + moment + ".db");
    }
    Path target = surroundings.currentDirectory().resolve(to).normalize();
    Path folder = target.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      // It may be one that is not mounted; a copy on the disk under it would be none.
      throw new ConfigException(
          "backup_folder", "There is no folder " + folder + "; make it, or name another in --to.");
    }
    return target;
  }

  private int copy(Path store, Path target) {
    StoreCopy.write(store, target);
    Console console = surroundings.console();
    console.line(
        "Copied to "
            + target
            + " ("
            + Humans.bytes(target.toFile().length())
            + ", version "
            + StoreCopy.version(target)
            + ", looked through).");
    console.line(
        "The secrets in it open with "
            + (Keyring.fromEnvironment(surroundings.environment())
                ? Keyring.VARIABLE
                : "secret.key")
            + " alone, which is not part of it: keep a copy of that apart.");
    return ExitCode.OK;
  }

  /** PostgreSQL has its own, better way. */
  private int tell(DatabaseUrl.Postgres postgres) {
    Console console = surroundings.console();
    PostgresCopy commands = new PostgresCopy(postgres);
    console.line("The metadata is in PostgreSQL, which copies itself while the server runs:");
    console.line("");
    console.line("  " + commands.dump());
    console.line("");
    console.line("And back, with the server stopped:");
    console.line("");
    console.line("  " + commands.restore());
    console.line("  " + commands.skip());
    console.line("");
    console.line("A password is taken from PGPASSWORD or ~/.pgpass, or asked for.");
    return ExitCode.OK;
  }
}
