package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Copies of a SQLite store: each one consistent file, looked through before it counts as one. */
public final class StoreCopy {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCopy.class);

  private static final String PART = ".part";
  private static final List<String> BESIDE = List.of("-wal", "-shm");

  private StoreCopy() {}

  /**
   * Copies a store, which a server may be using meanwhile.
   *
   * @param copy the file to be made; it must not exist
   * @throws ConfigException when there is no store, or a damaged one, or there is a file already
   * @throws SystemException when the copy cannot be written
   */
  public static void write(Path store, Path copy) {
    if (!Files.isRegularFile(store)) {
      throw new ConfigException("store_copy", "There is no metadata store at " + store + ".");
    }
    if (Files.exists(copy)) {
      throw new ConfigException(
          "store_copy", "The file " + copy + " exists already; name another one.");
    }
    write(source(store, false), store, copy);
  }

  /** Copies the store of a source, which lies at a path; a copy that is there is replaced. */
  static void write(DataSource source, Path store, Path copy) {
    Path part = copy.resolveSibling(copy.getFileName() + PART);
    try {
      Files.createDirectories(copy.toAbsolutePath().getParent());
      Files.deleteIfExists(part);
      Jdbi.create(source).useHandle(handle -> handle.execute("VACUUM INTO ?", part.toString()));
      version(part, why -> DamagedStore.of(store, why, null));
      sync(part);
      Files.move(part, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | JdbiException e) {
      DamagedStore.of(e, store)
          .ifPresent(
              damaged -> {
                throw damaged;
              });
      throw new SystemException(
          "store_backup",
          "The metadata store could not be copied to " + copy + "; is the disk full?",
          e.toString(),
          e);
    } finally {
      discard(part);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The next copy of this name begins with deleting it; what went wrong is told already.
      LOG.atDebug().setCause(e).log("part_of_copy_left");
    }
  }

  /**
   * Looks a copy through.
   *
   * @return the version of its tables
   * @throws ConfigException when it is no store, or a damaged one
   */
  public static String version(Path copy) {
    if (!Files.isRegularFile(copy)) {
      throw new ConfigException("store_copy", "There is no file " + copy + ".");
    }
    return version(copy, why -> damaged(copy, why));
  }

  private static String version(Path copy, Function<String, ConfigException> damaged) {
    try {
      return Jdbi.create(source(copy, true))
          .withHandle(
              handle -> {
                List<String> found =
                    handle.createQuery("PRAGMA integrity_check(10)").mapTo(String.class).list();
                if (!found.equals(List.of("ok"))) {
                  throw damaged.apply(String.join("; ", found));
                }
                return handle
                    .createQuery(
                        "SELECT version FROM schema_history WHERE success = 1 AND version IS NOT"
                            + " NULL ORDER BY installed_rank DESC LIMIT 1")
                    .mapTo(String.class)
                    .one();
              });
    } catch (JdbiException | IllegalStateException e) {
      throw damaged.apply(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /**
   * Puts a copy in a store's place. No server may use the store meanwhile. The store that was there
   * is moved, not deleted; after a kill in the middle, run it again.
   *
   * @param aside the folder that takes the store that was there; it is made
   * @param adapt changes what must not stay as it was in the copy, before it counts
   * @return the version of the copy's tables
   * @throws ConfigException when the copy is no sound store; nothing has changed then
   * @throws SystemException when a file cannot be written
   */
  public static String restore(Path copy, Path store, Path aside, Consumer<Handle> adapt) {
    String version = version(copy);
    Path part = store.resolveSibling(store.getFileName() + PART);
    try {
      Files.createDirectories(store.toAbsolutePath().getParent());
      Files.copy(copy, part, StandardCopyOption.REPLACE_EXISTING);
      Jdbi.create(source(part, false)).useTransaction(adapt::accept);
      sync(part);
      if (Files.exists(store)) {
        Files.createDirectories(aside);
        // What is not yet in the file itself goes along, before the file does.
        for (String suffix : BESIDE) {
          Path beside = store.resolveSibling(store.getFileName() + suffix);
          if (Files.exists(beside)) {
            Files.move(beside, aside.resolve(beside.getFileName()));
          }
        }
        Files.move(store, aside.resolve(store.getFileName()));
      }
      Files.move(part, store, StandardCopyOption.ATOMIC_MOVE);
      return version;
    } catch (IOException | JdbiException e) {
      throw new SystemException(
          "store_restore",
          "The copy could not be put in the place of "
              + store
              + " ("
              + e.getClass().getSimpleName()
              + "). What was there lies in "
              + aside
              + " as far as it was moved; run the command again.",
          e.toString(),
          e);
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static ConfigException damaged(Path copy, String why) {
    return new ConfigException(
        "store_copy",
        copy + " is no sound metadata store: " + ConnectorException.outside(why) + ".");
  }

  private static DataSource source(Path file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(30_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }
}
