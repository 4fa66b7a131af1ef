package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.store.Rows;
import io.millrace.server.store.TextSeal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What connections have for actions. Stateless but for the key of secrets. */
final class ActionStore {
  static final String SUCCEEDED = "succeeded";
  static final String FAILED = "failed";

  private final TextSeal seal;

  ActionStore(TextSeal seal) {
    this.seal = seal;
  }

  /** A connection and what people call it. */
  record Named(ConnectionId id, String name) {}

  Actions list(Handle tx, ConnectionId connection) {
    return new Actions(list(tx, connection, SUCCEEDED), list(tx, connection, FAILED));
  }

  private List<Action> list(Handle tx, ConnectionId connection, String outcome) {
    return tx.createQuery(
            "SELECT * FROM action WHERE connection_id = :connection AND outcome = :outcome"
                + " ORDER BY position")
        .bind("connection", connection.toString())
        .bind("outcome", outcome)
        .map((row, context) -> read(row))
        .list();
  }

  private Action read(ResultSet row) throws SQLException {
    return ActionJson.read(
        row.getString("kind"), row.getString("target_id"), Rows.object(row, "settings"), seal);
  }

  void replace(Handle tx, ConnectionId connection, Actions actions, Instant now) {
    tx.execute("DELETE FROM action WHERE connection_id = ?", connection.toString());
    insert(tx, connection, SUCCEEDED, actions.afterSuccess(), now);
    insert(tx, connection, FAILED, actions.afterFailure(), now);
  }

  private void insert(
      Handle tx, ConnectionId connection, String outcome, List<Action> actions, Instant now) {
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      tx.execute(
          "INSERT INTO action (connection_id, outcome, position, kind, target_id, settings,"
              + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          connection.toString(),
          outcome,
          i,
          action.kind(),
          target(action),
          Rows.text(ActionJson.stored(action, seal)),
          now.toEpochMilli());
    }
  }

  static @Nullable String target(Action action) {
    return action instanceof Action.Start start ? start.connection().toString() : null;
  }

  /** Returns who starts whom; a connection that is deleted starts nobody any more. */
  Map<ConnectionId, List<ConnectionId>> starts(Handle tx) {
    Map<ConnectionId, List<ConnectionId>> starts = new HashMap<>();
    tx.createQuery(
            "SELECT a.connection_id, a.target_id FROM action a JOIN connection c"
                + " ON c.id = a.connection_id"
                + " WHERE a.target_id IS NOT NULL AND c.status <> 'deprecated'")
        .map(
            (row, context) ->
                List.of(ConnectionId.of(row.getString(1)), ConnectionId.of(row.getString(2))))
        .forEach(
            edge ->
                starts
                    .computeIfAbsent(edge.getFirst(), key -> new ArrayList<>())
                    .add(edge.getLast()));
    return starts;
  }

  /** Returns the connections whose success starts this one, by name. */
  List<Named> starters(Handle tx, ConnectionId connection) {
    return tx.createQuery(
            "SELECT c.id, c.name FROM action a JOIN connection c ON c.id = a.connection_id"
                + " WHERE a.target_id = :target ORDER BY c.name, c.id")
        .bind("target", connection.toString())
        .map((row, context) -> new Named(ConnectionId.of(row.getString(1)), row.getString(2)))
        .list();
  }
}
