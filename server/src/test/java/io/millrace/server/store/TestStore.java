package io.millrace.server.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;

/** Makes stores for tests. */
public final class TestStore {
  private TestStore() {}

  /** Opens a new, empty store; SQLite's file lies in the folder. */
  public static Database open(Dialect dialect, Path folder) {
    return Database.open(url(dialect, folder));
  }

  /** Returns where a new, empty store is. */
  public static DatabaseUrl url(Dialect dialect, Path folder) {
    return switch (dialect) {
      case SQLITE -> new DatabaseUrl.Sqlite(folder.resolve("millrace.db"));
      case POSTGRES -> {
        assumeTrue(
            PostgresServer.shared().majorVersion() >= RefusedStore.VERSION_MIN,
            "This PostgreSQL is too old for the metadata store.");
        yield new DatabaseUrl.Postgres(
            "jdbc:postgresql://"
                + PostgresServer.HOST
                + ":"
                + PostgresServer.shared().port()
                + "/"
                + PostgresServer.shared().newDatabase(),
            PostgresServer.USER,
            null);
      }
    };
  }
}
