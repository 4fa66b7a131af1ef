package io.millrace.server.command;

import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.output.TextTable;
import io.millrace.server.secret.LostSecrets;
import io.millrace.server.state.ProcessLock;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.StoreCopies;
import io.millrace.server.store.StoreCopy;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.up.RestoredStore;
import io.millrace.spi.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace restore}. */
@Command(
    name = "restore",
    description = {
      "Puts a copy of the metadata store back; without a copy, shows which there are.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace restore                          # the copies in the data directory",
      "  millrace restore millrace-v5.db           # one of them; stop the server first",
      "  millrace restore /srv/backups/millrace.db --data /srv/millrace",
      ""
    },
    synopsisHeading = "Usage: ")
final class RestoreCommand implements Callable<Integer> {
  private static final int WIDTH = 200;

  private final Surroundings surroundings;
  @Mixin private final DataArguments arguments = new DataArguments();

  @Parameters(
      paramLabel = "COPY",
      arity = "0..1",
      description = "A copy in the folder backups of the data directory, or any other file.")
  private @Nullable String copy;

  RestoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    DataDirectory data = arguments.directory(surroundings);
    return switch (arguments.database(surroundings)) {
      case DatabaseUrl.Sqlite sqlite ->
          copy == null ? list(data) : restore(data, sqlite.file(), file(data, copy));
      case DatabaseUrl.Postgres ignored ->
          throw new ConfigException(
              "restore",
              "The metadata is in PostgreSQL; pg_restore puts it back (millrace backup shows how).");
    };
  }

  private int restore(DataDirectory data, Path store, Path file) {
    Console console = surroundings.console();
    // Said before a folder is made for it.
    StoreCopy.version(file);
    try (ProcessLock _ = data.lock()) {
      Path aside = aside(data.backups());
      LostSecrets lost = new LostSecrets(data.root(), surroundings.environment());
      String version =
          StoreCopy.restore(
              file,
              store,
              aside,
              tx -> {
                RestoredStore.skipNumbers(tx);
                lost.look(tx);
              });
      console.line("The metadata store is " + file.getFileName() + ", version " + version + ".");
      if (Files.exists(aside)) {
        console.line("What was there before lies in " + aside + "; delete it when all is well.");
      }
      console.line(
          "Start the program of that time, or this one: it brings the store to its version.");
      lost.sentence().ifPresent(console::errorLine);
    }
    return ExitCode.OK;
  }

  /** Two restorations of one second keep what each replaced. */
  private Path aside(Path folder) {
    String name = "replaced-" + StoreCopies.STAMP.format(surroundings.clock().instant());
    Path aside = folder.resolve(name);
    for (int i = 2; Files.exists(aside); i++) {
      aside = folder.resolve(name + "-" + i);
    }
    return aside;
  }

  private int list(DataDirectory data) {
    Console console = surroundings.console();
    List<Path> copies = StoreCopies.in(data.backups());
    if (copies.isEmpty()) {
      console.line("There is no copy in " + data.backups() + "; millrace backup makes one.");
      return ExitCode.OK;
    }
    TextTable table = new TextTable(List.of("COPY", "MADE", "SIZE", "VERSION")).right(2);
    for (Path one : copies) {
      table.row(
          List.of(
              one.getFileName().toString(),
              StoreCopies.made(one).toString(),
              Humans.bytes(one.toFile().length()),
              version(one)));
    }
    table.lines(console.terminal() ? console.columns() : WIDTH).forEach(console::line);
    return ExitCode.OK;
  }

  private Path file(DataDirectory data, String name) {
    Path kept = data.backups().resolve(name).normalize();
    return kept.startsWith(data.backups()) && Files.isRegularFile(kept)
        ? kept
        : surroundings.currentDirectory().resolve(name);
  }

  private static String version(Path file) {
    try {
      return StoreCopy.version(file);
    } catch (ConfigException e) {
      return "damaged";
    }
  }
}
