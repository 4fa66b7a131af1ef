package io.millrace.server.store;

import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Jdbi;

/** Copies of the SQLite store, made before an upgrade. */
final class StoreBackup {
  private static final int KEPT_MAX = 5;

  private StoreBackup() {}

  /**
   * Copies the store into {@code backups/} beside it, as one consistent file named after the
   * version it holds. To go back, put that file in the store's place.
   */
  static void before(DataSource source, Path store, MigrationInfo current) {
    Path folder = store.resolveSibling("backups");
    Path copy = folder.resolve("millrace-v" + current.getVersion() + ".db");
    Path part = folder.resolve(copy.getFileName() + ".part");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(part);
      Jdbi.create(source).useHandle(handle -> handle.execute("VACUUM INTO ?", part.toString()));
      Files.move(part, copy, StandardCopyOption.REPLACE_EXISTING);
      prune(folder);
    } catch (IOException e) {
      throw new SystemException(
          "store_backup",
          "The metadata store could not be copied to "
              + copy
              + " before the upgrade; is the disk full?",
          e.toString(),
          e);
    }
  }

  private static void prune(Path folder) throws IOException {
    List<Path> copies;
    try (Stream<Path> files = Files.list(folder)) {
      copies =
          files
              .filter(file -> file.getFileName().toString().endsWith(".db"))
              .sorted(
                  Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
    }
    for (Path old : copies.subList(Math.min(KEPT_MAX, copies.size()), copies.size())) {
      Files.delete(old);
    }
  }
}
