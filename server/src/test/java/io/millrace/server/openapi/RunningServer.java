package io.millrace.server.openapi;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.up.Server;
import io.millrace.server.up.ServerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A whole server on a free port and an empty store. */
final class RunningServer implements AutoCloseable {
  /** What changes without any change of what the server keeps: audit, logins, its own notes. */
  private static final Set<String> LEFT_OUT =
      Set.of("change", "login_failure", "session", "flyway_schema_history");

  private final DatabaseUrl url;
  private final Server server;

  /** Starts one that nobody logs in to. */
  RunningServer(Dialect dialect, Path folder) {
    this(dialect, folder, Map.of());
  }

  RunningServer(Dialect dialect, Path folder, Map<String, String> environment) {
    this.url = TestStore.url(dialect, folder);
    this.server =
        Server.start(
            new ServerSettings(
                new DataDirectory(folder),
                url,
                new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
                environment),
            ConnectorRegistry.load(),
            Clock.systemUTC());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return server.ports().getFirst();
  }

  Routes routes() {
    return server.routes();
  }

  /** Returns every row that the server keeps, by table. */
  Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Database database = Database.open(url)) {
      database.read(
          tx -> {
            String names =
                switch (database.dialect()) {
                  case SQLITE ->
                      "SELECT name FROM sqlite_master WHERE type = 'table'"
                          + " AND name NOT LIKE 'sqlite_%'";
                  case POSTGRES ->
                      "SELECT table_name FROM information_schema.tables"
                          + " WHERE table_schema = current_schema()";
                };
            for (String table : tx.createQuery(names).mapTo(String.class).list()) {
              if (!LEFT_OUT.contains(table)) {
                List<String> found =
                    new ArrayList<>(
                        tx.createQuery("SELECT * FROM " + table).mapToMap().list().stream()
                            .map(row -> new TreeMap<>(row).toString())
                            .sorted()
                            .toList());
                rows.put(table, found);
              }
            }
            return rows;
          });
    }
    return rows;
  }

  @Override
  public void close() {
    server.close();
  }
}
