package io.millrace.server.store;

import com.zaxxer.hikari.HikariDataSource;
import io.millrace.spi.ConfigException;
import io.millrace.spi.SystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The metadata store. Thread-safe.
 *
 * <p>Everything happens in a transaction: {@link #read} sees one moment, {@link #write} does all or
 * nothing. On SQLite one write runs at a time and the others wait in order, so a write is short and
 * calls nothing outside: no connector, no network. A transaction begins at one place, the service
 * that answers a request; what it calls takes its {@link Handle} and begins none of its own.
 */
public final class Database implements AutoCloseable {
  /** How long {@link #healthy} waits. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  private static final String NESTED =
      "Something called within a transaction begins another: it would hold one connection and wait"
          + " for the next, for ever when all do. What is called takes its handle.";

  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final Jdbi reading;
  private final Jdbi writing;
  private final DatabaseUrl url;
  private final Dialect dialect;
  private final StoreUse use;
  private final Inquiry<Integer> health;

  /** Bound on a thread while it has a transaction under way. */
  private final ScopedValue<Boolean> inside = ScopedValue.newInstance();

  private Database(
      DatabaseUrl url,
      HikariDataSource readers,
      HikariDataSource writers,
      Dialect dialect,
      StoreUse use) {
    this.url = url;
    this.readers = readers;
    this.writers = writers;
    this.reading = Jdbi.create(() -> Patience.connect(readers, dialect));
    this.writing = Jdbi.create(() -> Patience.connect(writers, dialect));
    this.dialect = dialect;
    this.use = use;
    this.health =
        inquiry(
            "store-health",
            tx -> tx.createQuery("SELECT 1").mapTo(Integer.class).one(),
            Duration.ZERO);
  }

  /**
   * Opens the store and brings its tables to this program's version.
   *
   * @throws ConfigException when it cannot be reached, is damaged, or belongs to a newer program
   */
  public static Database open(DatabaseUrl url) {
    Dialect dialect =
        switch (url) {
          case DatabaseUrl.Sqlite sqlite -> {
            DamagedStore.refuseEmptied(sqlite.file());
            yield Dialect.SQLITE;
          }
          case DatabaseUrl.Postgres ignored -> Dialect.POSTGRES;
        };
    try (HikariDataSource migrators = Pools.migrators(url)) {
      Migrations.run(migrators, dialect, url);
    }
    StoreUse use = new StoreUse();
    HikariDataSource writers = Pools.writers(url, use);
    try {
      return new Database(url, Pools.readers(url, use), writers, dialect, use);
    } catch (RuntimeException e) {
      writers.close();
      throw e;
    }
  }

  /** Returns which database this is, for the few statements that differ. */
  public Dialect dialect() {
    return dialect;
  }

  /** Returns how its connections are used. */
  public StoreUse use() {
    return use;
  }

  /** Returns the size of the whole store. */
  public long bytes(Handle tx) {
    return tx.createQuery(dialect.size()).mapTo(Long.class).one();
  }

  /**
   * Reads in one transaction, which sees the store as it was at its first question.
   *
   * @throws StoreAwayException when the store does not answer; so does each of the others
   */
  public <T> T read(Function<Handle, T> work) {
    return inTransaction(reading, work);
  }

  /**
   * Reads and writes in one transaction: when {@code work} throws, nothing has happened. One
   * transaction writes at a time, so that what it has read is true until it ends.
   *
   * @throws io.millrace.spi.TransientException when the store's disk is full
   */
  public <T> T write(Function<Handle, T> work) {
    return inTransaction(
        writing,
        tx -> {
          dialect.writeAlone(tx);
          return work.apply(tx);
        });
  }

  /** Like {@link #write}, for work without a result. */
  public void change(Consumer<Handle> work) {
    write(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  private <T> T inTransaction(Jdbi jdbi, Function<Handle, T> work) {
    return alone(() -> jdbi.inTransaction(work::apply));
  }

  private <T> T alone(ScopedValue.CallableOp<T, RuntimeException> transaction) {
    assert !inside.isBound() : NESTED;
    try {
      return ScopedValue.where(inside, true).call(transaction);
    } catch (JdbiException e) {
      throw told(e);
    }
  }

  private RuntimeException told(JdbiException e) {
    Optional<ConfigException> damaged = DamagedStore.of(e, url);
    return damaged.isPresent()
        // Nobody who asked something of a running server can mend that.
        ? new SystemException(
            damaged.get().code(), damaged.get().userMessage(), damaged.get().internalMessage(), e)
        : Patience.told(e, dialect);
  }

  /**
   * Makes a question for those who can do without its answer, such as monitoring.
   *
   * @param name of the thread that asks
   * @param question reads in one transaction, quickly
   * @param kept how long an answer is good for everybody who asks
   */
  public <T> Inquiry<T> inquiry(String name, Function<Handle, T> question, Duration kept) {
    return new Inquiry<>(name, () -> read(question), kept);
  }

  /** Tells whether the store answers, within two seconds. */
  public boolean healthy() {
    return health.answer(ANSWER_MAX).isPresent();
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
  }
}
