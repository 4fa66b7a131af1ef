package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;

/**
 * Says who works on a metadata store, whatever their data directories: the servers share it, and
 * what would pull it from under them has it alone. It stands in PostgreSQL itself, which frees it
 * when its holder has ended, however it ended. SQLite needs none: its data directory has a lock.
 */
public interface StoreLock extends AutoCloseable {
  /**
   * Takes it for a server, beside other servers; where the connection breaks it is taken again.
   *
   * @throws ConfigException when somebody has the store alone
   * @throws ConnectorException when the store cannot be reached
   */
  static StoreLock shared(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite ignored -> () -> {};
      case DatabaseUrl.Postgres postgres -> SharedLock.take(postgres);
    };
  }

  /**
   * Takes it alone; does not wait.
   *
   * @throws ConfigException when a server runs on the store
   * @throws ConnectorException when the store cannot be reached
   */
  static StoreLock alone(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite ignored -> () -> {};
      case DatabaseUrl.Postgres postgres ->
          LockSession.first(
              postgres,
              LockSession.Kind.ALONE,
              "A server runs on the metadata store %s: stop every server that uses it, then do this"
                  + " again.");
    };
  }

  @Override
  void close();
}
