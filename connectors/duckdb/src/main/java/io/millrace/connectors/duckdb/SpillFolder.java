package io.millrace.connectors.duckdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where DuckDB puts what does not fit into memory: beside the database, in the folder that it would
 * choose itself. A folder of one sync would go away with it, while another still uses the file.
 * DuckDB makes the folder when it is needed and removes it when the file is closed.
 */
record SpillFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(SpillFolder.class);
  private static final String SUFFIX = ".tmp";

  /** What DuckDB names its files there. */
  private static final String DUCKDBS_OWN = "duckdb_temp_*";

  /** Returns the folder of a database file. */
  static SpillFolder of(Path database) {
    return new SpillFolder(database.resolveSibling(database.getFileName() + SUFFIX));
  }

  /**
   * Removes what a killed process left. Only who holds the file open may call it, and before
   * anything is spilled. Never throws.
   */
  void removeLeftovers() {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, DUCKDBS_OWN)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("folder", path).setCause(e).log("spill_folder_left");
    }
  }
}
