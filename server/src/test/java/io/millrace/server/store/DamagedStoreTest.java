package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite store whose file is damaged where its opening does not look. */
final class DamagedStoreTest {
  private static final int PAGE = 4096;

  @TempDir private Path folder;

  @Test
  void saysWhichCopyTakesItsPlace() throws IOException {
    DatabaseUrl url = new DatabaseUrl.Sqlite(damaged());
    Path backups = folder.resolve("backups");
    try (Database database = Database.open(url)) {
      assertThatThrownBy(() -> settings(database))
          .isInstanceOf(SystemException.class)
          .hasMessageContaining("is damaged")
          .hasMessageContaining("There is no copy in " + backups);
      Files.createDirectories(backups);
      Files.writeString(backups.resolve("millrace-v8.db"), "");
      assertThatThrownBy(() -> settings(database))
          .hasMessageContaining("millrace restore millrace-v8.db");
      assertThat(backups.resolve("millrace-v8.db")).exists();
    }
  }

  @Test
  void namesTheCopyThatWasMadeLastAndNotTheOneThatWasCopiedAboutLast() throws IOException {
    Path backups = Files.createDirectories(folder.resolve("backups"));
    copy(backups.resolve("millrace-20260102T000000Z.db"), "2026-01-01T00:00:00Z");
    copy(backups.resolve("millrace-20260101T000000Z.db"), "2026-03-01T00:00:00Z");
    copy(backups.resolve("millrace-v8.db"), "2026-01-01T12:00:00Z");
    copy(backups.resolve("millrace-20269999T000000Z.db"), "2025-01-01T12:00:00Z");
    assertThat(StoreCopies.in(backups).stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "millrace-20260102T000000Z.db",
            "millrace-v8.db",
            "millrace-20260101T000000Z.db",
            "millrace-20269999T000000Z.db");
    try (Database database = Database.open(new DatabaseUrl.Sqlite(damaged()))) {
      assertThatThrownBy(() -> settings(database))
          .hasMessageContaining("millrace restore millrace-20260102T000000Z.db");
    }
  }

  @Test
  void isNotTakenForAFullDiskWhenItIsCopied() throws IOException {
    Path copies = folder.resolve("copies");
    Path store = damaged();
    assertThatThrownBy(() -> StoreCopy.write(store, copies.resolve("a.db")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("The metadata store, millrace.db in the data directory, is damaged");
    assertThat(copies).isEmptyDirectory();
  }

  @Test
  void isNoNewOneThoughItIsEmpty() throws IOException {
    Path store = Files.createFile(folder.resolve("millrace.db"));
    Path key = Files.writeString(folder.resolve("secret.key"), "key");
    DatabaseUrl url = new DatabaseUrl.Sqlite(store);
    assertThatThrownBy(() -> Database.open(url))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is damaged (the file is empty)");
    Files.delete(key);
    Path backups = Files.createDirectories(folder.resolve("backups"));
    Path copy = Files.writeString(backups.resolve("millrace-v8.db"), "");
    assertThatThrownBy(() -> Database.open(url))
        .hasMessageContaining("millrace restore millrace-v8.db");
    assertThat(store).isEmptyFile();
    Files.delete(copy);
    try (Database database = Database.open(url)) {
      assertThat(settings(database)).isZero();
    }
  }

  /** Makes a store with a page of nonsense in place of its settings. */
  private Path damaged() throws IOException {
    Path store = folder.resolve("millrace.db");
    long root;
    try (Database database = Database.open(new DatabaseUrl.Sqlite(store))) {
      database.change(tx -> tx.execute("INSERT INTO setting VALUES ('a', 'kept')"));
      root =
          database.read(
              tx ->
                  tx.createQuery("SELECT rootpage FROM sqlite_master WHERE name = 'setting'")
                      .mapTo(Long.class)
                      .one());
    }
    byte[] bytes = Files.readAllBytes(store);
    Arrays.fill(bytes, (int) (root - 1) * PAGE, (int) root * PAGE, (byte) -1);
    return Files.write(store, bytes);
  }

  private static void copy(Path file, String changed) throws IOException {
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(changed)));
  }

  private static int settings(Database database) {
    return database.read(
        tx -> tx.createQuery("SELECT value FROM setting").mapTo(String.class).list().size());
  }
}
