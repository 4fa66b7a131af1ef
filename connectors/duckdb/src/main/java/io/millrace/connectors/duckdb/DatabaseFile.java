package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Heartbeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * A database file, open once in this process however many destinations and sessions use it. The
 * last one to leave writes everything into the file itself, so that it stands alone. A session may
 * stay longer than its destination, as that of a cancelled load does: who comes meanwhile joins.
 */
final class DatabaseFile {
  /** The log may grow so far beside the file before it is written into it. */
  private static final String CHECKPOINT_LOG_SIZE = "256MB";

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Path, DatabaseFile> OPEN = new HashMap<>();

  private final Path path;
  private final DuckDBConnection root;
  private final String catalog;

  /** One table or schema is made at a time: DuckDB fails one of two that meet. */
  private final ReentrantLock changing = new ReentrantLock();

  private int users;

  private DatabaseFile(Path path, DuckDBConnection root, String catalog) {
    this.path = path;
    this.root = root;
    this.catalog = catalog;
  }

  /**
   * Opens the file, or joins those who use it; it is made when it does not exist.
   *
   * @param shown the file's name in messages
   */
  static DatabaseFile open(Path path, Path shown, int memoryLimitMb) throws InterruptedException {
    LOCK.lockInterruptibly();
    try {
      Path key = realPath(path, shown);
      DatabaseFile file = OPEN.get(key);
      if (file == null) {
        file = connect(key, shown, memoryLimitMb);
        OPEN.put(key, file);
      }
      file.users++;
      return file;
    } finally {
      LOCK.unlock();
    }
  }

  private static Path realPath(Path path, Path shown) {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (Files.isDirectory(absolute) || parent == null) {
      throw new ConfigException(
          "path_is_folder",
          "destination_path " + shown + " is a folder. Enter the path of a file.");
    }
    try {
      Files.createDirectories(parent);
      return Files.exists(absolute)
          ? absolute.toRealPath()
          : parent.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      throw new ConfigException(
          "folder_unusable",
          "The folder of "
              + shown
              + " cannot be made or entered. Choose another"
              + " or correct its rights.",
          String.valueOf(e),
          e);
    }
  }

  private static DatabaseFile connect(Path path, Path shown, int memoryLimitMb)
      throws InterruptedException {
    SpillFolder spilled = SpillFolder.of(path);
    Properties settings = new Properties();
    settings.setProperty("memory_limit", Sql.megabytes(memoryLimitMb));
    settings.setProperty("temp_directory", spilled.path().toString());
    // Each writer has a thread of ours. With workers of DuckDB's own, a load takes twice the CPU
    // time and leaves half-filled row groups behind.
    settings.setProperty("threads", "1");
    settings.setProperty("preserve_insertion_order", "false");
    // Each checkpoint in the middle of a load writes half-filled row groups again.
    settings.setProperty("checkpoint_threshold", CHECKPOINT_LOG_SIZE);
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    try {
      DatabaseFile opened = NativeCalls.open(() -> connect(path, settings), DatabaseFile::close);
      spilled.removeLeftovers();
      return opened;
    } catch (ConnectorException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw DuckDbErrors.opening(shown.toString(), cause);
      }
      throw e;
    } catch (LinkageError e) {
      throw DuckDbErrors.library(e);
    }
  }

  private static DatabaseFile connect(Path path, Properties settings) throws SQLException {
    DuckDBConnection root =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + path, settings);
    try (Statement statement = root.createStatement()) {
      // Statements are ours alone; still, no path but the database's own is ever touched.
      statement.execute("SET enable_external_access = false");
      statement.execute("SET GLOBAL TimeZone = 'UTC'");
      return new DatabaseFile(path, root, root.getCatalog());
    } catch (SQLException | RuntimeException e) {
      root.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Returns the name under which DuckDB knows the file's content. */
  String catalog() {
    return catalog;
  }

  /** Opens a connection of its own for the caller, who closes it. */
  Session session() throws InterruptedException {
    return session(Heartbeat.NONE);
  }

  /**
   * Opens a connection of its own for the caller, who closes it.
   *
   * @param heartbeat beats while a long statement computes
   */
  Session session(Heartbeat heartbeat) throws InterruptedException {
    join();
    try {
      DuckDBConnection own = NativeCalls.open(root::duplicate, DatabaseFile::drop);
      return new Session(own, heartbeat, this::release);
    } catch (InterruptedException | RuntimeException e) {
      release();
      throw e;
    }
  }

  private static void drop(DuckDBConnection unused) {
    try {
      unused.close();
    } catch (SQLException e) {
      // Nobody has used it, so nothing is lost.
    }
  }

  private void join() {
    LOCK.lock();
    try {
      users++;
    } finally {
      LOCK.unlock();
    }
  }

  /** Is held while tables or schemas are made or dropped. */
  ReentrantLock changing() {
    return changing;
  }

  /** Leaves the file; called once by each who opened it, and by each session. */
  void release() {
    LOCK.lock();
    try {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(path);
      close();
    } finally {
      LOCK.unlock();
    }
  }

  private void close() {
    NativeCalls.settle(
        () -> {
          try (Statement statement = root.createStatement()) {
            statement.execute("CHECKPOINT");
          } finally {
            root.close();
          }
          return true;
        });
  }
}
