package io.millrace.server.connection;

import io.millrace.server.json.Documents;
import java.util.List;

/** Puts connections into a store, past the API. */
public final class TestConnections {
  private TestConnections() {}

  /** Returns an active connection of the API's source and destination. */
  public static Connection of(TestApi api, String name) {
    return new Connection(
        ConnectionId.random(),
        api.workspace,
        api.source,
        api.destination,
        name,
        ConnectionStatus.ACTIVE,
        null,
        new Schedule.Manual(),
        "source",
        null,
        "",
        null,
        false,
        Documents.empty(),
        TestApi.NOW,
        TestApi.NOW);
  }

  /** Adds a connection with these streams. */
  public static ConnectionId add(TestApi api, String name, ConnectionStream... streams) {
    Connection connection = of(api, name);
    add(api, connection, streams);
    return connection.id();
  }

  /** Adds a connection with these streams. */
  public static void add(TestApi api, Connection connection, ConnectionStream... streams) {
    api.database.change(tx -> new ConnectionStore().insert(tx, connection, List.of(streams)));
  }
}
