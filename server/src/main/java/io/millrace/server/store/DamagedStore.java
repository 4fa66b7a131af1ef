package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recognizes a SQLite file that can no longer be read. */
final class DamagedStore {
  private DamagedStore() {}

  /** Returns what to say of a failure whose reason is a damaged file. */
  static Optional<ConfigException> of(Throwable failure, DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> of(failure, sqlite.file());
      case DatabaseUrl.Postgres ignored -> Optional.empty();
    };
  }

  private static Optional<ConfigException> of(Throwable failure, Path store) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      if (message.startsWith("[SQLITE_NOTADB]") || message.startsWith("[SQLITE_CORRUPT")) {
        return Optional.of(
            new ConfigException(
                "store_damaged",
                "The metadata store, millrace.db in the data directory, is damaged ("
                    + ConnectorException.outside(message)
                    + "). "
                    + advice(store),
                failure.toString(),
                failure));
      }
    }
    return Optional.empty();
  }

  private static String advice(Path store) {
    Path folder = store.resolveSibling(StoreBackup.FOLDER);
    return newest(folder)
        .map(
            copy ->
                "With the server stopped, \"millrace restore "
                    + copy.getFileName()
                    + " --data DIR\" puts the newest copy in its place; without a name it lists"
                    + " them all.")
        .orElse(
            "There is no copy in "
                + folder
                + "; with the server stopped, \"millrace restore FILE --data DIR\" puts one from"
                + " elsewhere in its place.");
  }

  private static Optional<Path> newest(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".db"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
