package io.millrace.server.up;

import io.millrace.server.state.ProcessLock;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that holds everything a server keeps.
 *
 * @param root the folder, absolute
 */
public record DataDirectory(Path root) {
  /** The folder for what connectors write beside DuckDB files. */
  static final String WAREHOUSES = "warehouse";

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  private static final String DUCKDB = ".duckdb";

  /**
   * Tells whether a path belongs to connectors and not to the server.
   *
   * @param relative the path, its links followed, from the folder's own real path on
   */
  boolean isWarehouse(Path relative) {
    return relative.startsWith(WAREHOUSES)
        || (relative.getNameCount() == 1 && relative.toString().endsWith(DUCKDB));
  }

  /** Returns the SQLite store. */
  public Path store() {
    return root.resolve("millrace.db");
  }

  /** Returns the folder of copies of the store. */
  public Path backups() {
    return root.resolve("backups");
  }

  /** Returns the folder of the server's and the jobs' logs. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Returns the folder of the logs of jobs. */
  public Path jobLogs() {
    return logs().resolve("jobs");
  }

  /** Returns the folder of rows that could not be carried. */
  public Path quarantine() {
    return root.resolve("quarantine");
  }

  /** Returns the folder for files that no restart needs. */
  public Path temporary() {
    return root.resolve("tmp");
  }

  /** Returns the database of the sample connection. */
  public Path warehouse() {
    return root.resolve("warehouse.duckdb");
  }

  /**
   * Takes the folder for this process; makes it where it is missing.
   *
   * @throws ConfigException when another server has it, or it cannot be made
   */
  public ProcessLock lock() {
    make();
    return ProcessLock.take(
        root.resolve("server.lock"),
        process ->
            new ConfigException(
                "data_directory_busy",
                "A server (process "
                    + process
                    + ") runs on "
                    + root
                    + " already. Stop it, or choose another folder with --data."));
  }

  /**
   * Returns what tells this folder's server from all others on the same store, also from those
   * whose folder has the same path on another machine. It is made once and kept, so that a server
   * that comes back knows which jobs were its own. Take {@link #lock} before.
   */
  public String id() {
    Path file = root.resolve("server.id");
    String made = UUID.randomUUID().toString();
    try {
      String known = Files.exists(file) ? Files.readString(file).strip() : "";
      if (known.length() == made.length()) {
        return known;
      }
      Files.writeString(file, made);
    } catch (IOException e) {
      // Jobs of a server without a lasting name are found by their leases, a minute later.
      LOG.atWarn().setCause(e).log("server_id_not_kept");
    }
    return made;
  }

  /** A new one is its owner's alone: it will hold keys, logs and data. */
  private void make() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createDirectories(root, owner);
    } catch (IOException e) {
      throw new ConfigException(
          "data_directory",
          "The data directory "
              + root
              + " cannot be made ("
              + (Files.isRegularFile(root) ? "it is a file" : e.getClass().getSimpleName())
              + "). Choose another folder with --data.",
          e.toString(),
          e);
    }
    if (!Files.isWritable(root)) {
      throw new ConfigException(
          "data_directory",
          "The data directory "
              + root
              + " cannot be written. Correct its rights, or choose another folder with --data.");
    }
  }
}
