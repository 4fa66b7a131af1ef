package io.millrace.server.store;

import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;

/** Copies of the SQLite store, made before an upgrade. */
final class StoreBackup {
  /** The folder beside the store that takes its copies. */
  static final String FOLDER = "backups";

  private static final int KEPT_MAX = 5;
  private static final String PREFIX = "millrace-v";

  private StoreBackup() {}

  /**
   * Copies the store into {@code backups/} beside it, as one consistent file named after the
   * version it holds. {@code millrace restore} puts it back.
   */
  static void before(DataSource source, Path store, MigrationInfo current) {
    Path folder = store.resolveSibling(FOLDER);
    Path copy = folder.resolve(PREFIX + current.getVersion() + ".db");
    StoreCopy.write(source, store, copy);
    try {
      prune(folder);
    } catch (IOException e) {
      throw new SystemException(
          "store_backup",
          "Old copies of the metadata store in " + folder + " could not be removed.",
          e.toString(),
          e);
    }
  }

  private static void prune(Path folder) throws IOException {
    List<Path> copies;
    try (Stream<Path> files = Files.list(folder)) {
      copies =
          files
              .filter(file -> file.getFileName().toString().startsWith(PREFIX))
              .sorted(
                  Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
    }
    for (Path old : copies.subList(Math.min(KEPT_MAX, copies.size()), copies.size())) {
      Files.delete(old);
    }
  }
}
