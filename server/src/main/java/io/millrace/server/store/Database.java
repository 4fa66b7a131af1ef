package io.millrace.server.store;

import com.zaxxer.hikari.HikariDataSource;
import io.millrace.spi.ConfigException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The metadata store. Thread-safe.
 *
 * <p>Everything happens in a transaction: {@link #read} sees one moment, {@link #write} does all or
 * nothing. On SQLite one write runs at a time and the others wait in order, so a write is short and
 * calls nothing outside: no connector, no network. A transaction begins at one place, the service
 * that answers a request; what it calls takes its {@link Handle} and begins none of its own.
 */
public final class Database implements AutoCloseable {
  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final Jdbi reading;
  private final Jdbi writing;
  private final Dialect dialect;

  private Database(HikariDataSource readers, HikariDataSource writers, Dialect dialect) {
    this.readers = readers;
    this.writers = writers;
    this.reading = Jdbi.create(readers);
    this.writing = Jdbi.create(writers);
    this.dialect = dialect;
  }

  /**
   * Opens the store and brings its tables to this program's version.
   *
   * @throws ConfigException when it cannot be reached, or belongs to a newer program
   */
  public static Database open(DatabaseUrl url) {
    Dialect dialect =
        switch (url) {
          case DatabaseUrl.Sqlite ignored -> Dialect.SQLITE;
          case DatabaseUrl.Postgres ignored -> Dialect.POSTGRES;
        };
    HikariDataSource writers = Pools.writers(url);
    try {
      Migrations.run(writers, dialect, url);
      return new Database(Pools.readers(url, writers), writers, dialect);
    } catch (RuntimeException e) {
      writers.close();
      throw e;
    }
  }

  /** Returns which database this is, for the few statements that differ. */
  public Dialect dialect() {
    return dialect;
  }

  /** Reads in one transaction. */
  public <T> T read(Function<Handle, T> work) {
    return reading.inTransaction(work::apply);
  }

  /** Reads and writes in one transaction: when {@code work} throws, nothing has happened. */
  public <T> T write(Function<Handle, T> work) {
    return writing.inTransaction(work::apply);
  }

  /** Like {@link #write}, for work without a result. */
  public void change(Consumer<Handle> work) {
    writing.useTransaction(work::accept);
  }

  /** Tells whether the store answers. */
  public boolean healthy() {
    try {
      return read(tx -> tx.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
    } catch (ConnectionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // On PostgreSQL the two are one; closing twice is harmless.
    readers.close();
    writers.close();
  }
}
