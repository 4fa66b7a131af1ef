package io.millrace.server.store;

import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  /** Likewise, of the store in this file. */
  static Optional<ConfigException> of(Throwable failure, Path store) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      if (message.startsWith("[SQLITE_NOTADB]") || message.startsWith("[SQLITE_CORRUPT")) {
        return Optional.of(of(store, message, failure));
      }
    }
    return Optional.empty();
  }

  /** Returns what to say of a store that is known to be damaged. */
  static ConfigException of(Path store, String why, @Nullable Throwable cause) {
    return new ConfigException(
        "store_damaged",
        "The metadata store, millrace.db in the data directory, is damaged ("
            + ConnectorException.outside(why)
            + "). "
            + advice(store),
        cause == null ? why : cause.toString(),
        cause);
  }

  /**
   * Refuses an empty file beside what only a store in use leaves: a new store in it would begin an
   * empty installation in silence.
   *
   * @throws ConfigException when the store was lost
   */
  static void refuseEmptied(Path store) {
    boolean empty = Files.isRegularFile(store) && store.toFile().length() == 0;
    if (empty
        && (Files.exists(store.resolveSibling(ConfigurationReferences.OWN_KEY_FILE))
            || !StoreCopies.in(store.resolveSibling(StoreBackup.FOLDER)).isEmpty())) {
      throw of(store, "the file is empty", null);
    }
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
    try {
      return StoreCopies.in(folder).stream().findFirst();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
