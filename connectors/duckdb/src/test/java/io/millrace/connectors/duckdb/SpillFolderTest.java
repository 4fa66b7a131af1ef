package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB spills of a file that several use, and what is left of it. */
final class SpillFolderTest {
  private static final int MEMORY_MB = 64;
  private static final int ROWS = 1_000_000;

  @TempDir private Path folder;

  @Test
  void aSortSpillsAfterWhoOpenedTheFileHasLeft() throws Exception {
    Path path = folder.resolve("shop.duckdb");
    DatabaseFile first = DatabaseFile.open(path, path, MEMORY_MB);
    DatabaseFile second = DatabaseFile.open(path, path, MEMORY_MB);
    sort(first);
    first.release();
    sort(second);
    assertThat(SpillFolder.of(path).path()).isDirectory();
    second.release();
    assertThat(folder).isDirectoryContaining(path::equals);
    assertThat(SpillFolder.of(path).path()).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndNothingElse() throws Exception {
    Path path = folder.resolve("shop.duckdb");
    Path left = Files.createDirectory(SpillFolder.of(path).path());
    Files.writeString(left.resolve("duckdb_temp_1_0_storage_DEFAULT-0.tmp"), "spilled");
    Path own = Files.writeString(left.resolve("somebody's own"), "kept");
    DatabaseFile.open(path, path, MEMORY_MB).release();
    assertThat(left).isDirectoryContaining(own::equals);
    try (var files = Files.list(left)) {
      assertThat(files).containsExactly(own);
    }
    Files.delete(own);
    DatabaseFile.open(path, path, MEMORY_MB).release();
    assertThat(left).doesNotExist();
  }

  private static void sort(DatabaseFile file) throws InterruptedException {
    try (Session session = file.session()) {
      session.call(
          open -> {
            open.execute("DROP TABLE IF EXISTS sorted");
            open.execute(
                "CREATE TABLE sorted AS SELECT range AS id, md5(range::varchar) AS text FROM range("
                    + ROWS
                    + ") ORDER BY text");
            return true;
          });
    }
  }
}
