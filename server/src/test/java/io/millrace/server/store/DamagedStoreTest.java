package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite store whose file is damaged where its opening does not look. */
final class DamagedStoreTest {
  private static final int PAGE = 4096;

  @TempDir private Path folder;

  @Test
  void saysWhichCopyTakesItsPlace() throws IOException {
    Path store = folder.resolve("millrace.db");
    DatabaseUrl url = new DatabaseUrl.Sqlite(store);
    long root;
    try (Database database = Database.open(url)) {
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
    Files.write(store, bytes);
    try (Database database = Database.open(url)) {
      assertThatThrownBy(() -> settings(database))
          .isInstanceOf(SystemException.class)
          .hasMessageContaining("is damaged")
          .hasMessageContaining("There is no copy in " + folder.resolve("backups"));
      Files.createDirectories(folder.resolve("backups"));
      Files.writeString(folder.resolve("backups/millrace-v8.db"), "");
      assertThatThrownBy(() -> settings(database))
          .hasMessageContaining("millrace restore millrace-v8.db");
      assertThat(folder.resolve("backups/millrace-v8.db")).exists();
    }
  }

  private static int settings(Database database) {
    return database.read(
        tx -> tx.createQuery("SELECT value FROM setting").mapTo(String.class).list().size());
  }
}
