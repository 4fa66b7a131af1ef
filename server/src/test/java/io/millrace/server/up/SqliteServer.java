package io.millrace.server.up;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.store.DatabaseUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A whole server on SQLite, on free ports. */
public final class SqliteServer {
  private SqliteServer() {}

  /** Starts one whose data is in this folder; the caller closes it. */
  public static Server start(Path folder) {
    DataDirectory data = new DataDirectory(folder);
    return Server.start(
        new ServerSettings(
            data,
            new DatabaseUrl.Sqlite(data.store()),
            new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
            Map.of()),
        ConnectorRegistry.load(),
        Clock.systemUTC());
  }
}
