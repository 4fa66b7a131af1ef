package io.millrace.server.connection;

import io.millrace.server.actor.ActorId;
import io.millrace.server.connector.Side;
import io.millrace.server.store.Rows;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The connections in the store. Stateless. */
public final class ConnectionStore {
  /** Adds a connection with its streams. */
  public void insert(Handle tx, Connection connection, List<ConnectionStream> streams) {
    tx.createUpdate(
            "INSERT INTO connection (id, workspace_id, source_id, destination_id, name, status,"
                + " status_reason, schedule_type, schedule, namespace_definition,"
                + " namespace_format, prefix, catalog_id, breaking_change, details, created_at,"
                + " updated_at) VALUES (:id, :workspace, :source, :destination, :name, :status,"
                + " :reason, :type, :schedule, :definition, :format, :prefix, :catalog,"
                + " :breaking, :details, :created, :updated)")
        .bind("workspace", connection.workspace().toString())
        .bind("source", connection.source().toString())
        .bind("destination", connection.destination().toString())
        .bind("created", connection.createdAt().toEpochMilli())
        .bindMap(changing(connection))
        .execute();
    insertStreams(tx, connection.id(), streams);
  }

  /** Replaces what may change of a connection. */
  public void update(Handle tx, Connection connection) {
    tx.createUpdate(
            "UPDATE connection SET name = :name, status = :status, status_reason = :reason,"
                + " schedule_type = :type, schedule = :schedule, namespace_definition ="
                + " :definition, namespace_format = :format, prefix = :prefix, catalog_id ="
                + " :catalog, breaking_change = :breaking, details = :details, updated_at ="
                + " :updated WHERE id = :id")
        .bindMap(changing(connection))
        .execute();
  }

  /** Replaces a connection's streams. */
  public void replaceStreams(Handle tx, ConnectionId id, List<ConnectionStream> streams) {
    tx.execute("DELETE FROM connection_stream WHERE connection_id = ?", id.toString());
    insertStreams(tx, id, streams);
  }

  /** Returns a connection, be it deprecated. */
  public Optional<Connection> find(Handle tx, ConnectionId id) {
    return tx.createQuery("SELECT * FROM connection WHERE id = :id")
        .bind("id", id.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the connections of a workspace that are not deprecated, by name. */
  public List<Connection> list(Handle tx, WorkspaceId workspace) {
    return tx.createQuery(
            "SELECT * FROM connection WHERE workspace_id = :workspace AND status <> 'deprecated'"
                + " ORDER BY name, id")
        .bind("workspace", workspace.toString())
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns the names of the connections of a workspace that are not deprecated. */
  Set<String> names(Handle tx, WorkspaceId workspace) {
    return tx.createQuery(
            "SELECT DISTINCT name FROM connection WHERE workspace_id = :workspace"
                + " AND status <> 'deprecated'")
        .bind("workspace", workspace.toString())
        .mapTo(String.class)
        .collect(Collectors.toSet());
  }

  /** Returns the connections whose source or destination is this one and that are not deleted. */
  public List<Connection> ofActor(Handle tx, ActorId actor) {
    return tx.createQuery(
            "SELECT * FROM connection WHERE (source_id = :actor OR destination_id = :actor)"
                + " AND status <> 'deprecated' ORDER BY name, id")
        .bind("actor", actor.toString())
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns the connections whose source or destination has this definition, not deleted. */
  List<Connection> ofDefinition(Handle tx, Side side, UUID definition) {
    return tx.createQuery(
            "SELECT * FROM connection WHERE status <> 'deprecated' AND "
                + side.label()
                + "_id IN (SELECT id FROM actor WHERE definition_id = :definition AND side = :side)"
                + " ORDER BY name, id")
        .bind("definition", definition.toString())
        .bind("side", side.label())
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns every active connection that runs by itself, in every workspace. */
  public List<Connection> scheduled(Handle tx) {
    return tx.createQuery(
            "SELECT * FROM connection WHERE status = 'active' AND schedule_type <> 'manual'"
                + " ORDER BY id")
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns a connection's streams, in their order. */
  public List<ConnectionStream> streams(Handle tx, ConnectionId id) {
    return tx.createQuery(
            "SELECT * FROM connection_stream WHERE connection_id = :id ORDER BY position")
        .bind("id", id.toString())
        .map((row, context) -> readStream(row))
        .list();
  }

  /**
   * Returns the selected streams of many connections, each in their order, without what the source
   * says of them, which is large: {@link ConnectionStream#stream} is empty.
   */
  Map<ConnectionId, List<ConnectionStream>> selected(Handle tx, Collection<ConnectionId> ids) {
    return selected(
        tx,
        ids,
        "namespace, name, selected, config, '{}' AS stream",
        (row, context) -> readStream(row));
  }

  /**
   * Returns the selected streams of some connections as the store holds them, each in their order.
   */
  Map<ConnectionId, List<ConnectionView.Written>> written(Handle tx, Collection<ConnectionId> ids) {
    return selected(
        tx,
        ids,
        "name, stream, config",
        (row, context) ->
            new ConnectionView.Written(
                row.getString("name"), row.getString("stream"), row.getString("config")));
  }

  /** Returns some connections by their ids. */
  Map<ConnectionId, Connection> findAll(Handle tx, Collection<ConnectionId> ids) {
    Map<ConnectionId, Connection> found = new HashMap<>();
    tx.createQuery("SELECT * FROM connection WHERE id IN (<ids>)")
        .bindList("ids", ids.stream().map(ConnectionId::toString).toList())
        .map((row, context) -> read(row))
        .forEach(one -> found.put(one.id(), one));
    return found;
  }

  /** Returns the names of the selected streams of many connections, each in their order. */
  public Map<ConnectionId, List<StreamName>> selectedNames(
      Handle tx, Collection<ConnectionId> ids) {
    return selected(tx, ids, "namespace, name", (row, context) -> name(row));
  }

  private static <T> Map<ConnectionId, List<T>> selected(
      Handle tx, Collection<ConnectionId> ids, String columns, RowMapper<T> reader) {
    Map<ConnectionId, List<T>> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    tx.createQuery(
            "SELECT connection_id, "
                + columns
                + " FROM connection_stream WHERE connection_id IN (<ids>) AND selected = 1"
                + " ORDER BY connection_id, position")
        .bindList("ids", ids.stream().map(ConnectionId::toString).toList())
        .map((row, context) -> Map.entry(row.getString("connection_id"), reader.map(row, context)))
        .forEach(
            entry ->
                found
                    .computeIfAbsent(ConnectionId.of(entry.getKey()), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return found;
  }

  private static void insertStreams(Handle tx, ConnectionId id, List<ConnectionStream> streams) {
    if (streams.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        tx.prepareBatch(
            "INSERT INTO connection_stream (connection_id, position, namespace, name, selected,"
                + " stream, config) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (int i = 0; i < streams.size(); i++) {
      ConnectionStream one = streams.get(i);
      String namespace = one.name().namespace() == null ? "" : one.name().namespace();
      batch.add(
          id.toString(),
          i,
          namespace,
          one.name().name(),
          Rows.flag(one.selected()),
          Rows.text(one.stream()),
          Rows.text(one.config()));
    }
    batch.execute();
  }

  private static Map<String, @Nullable Object> changing(Connection connection) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("id", connection.id().toString());
    values.put("name", connection.name());
    values.put("status", connection.status().label());
    values.put("reason", connection.statusReason());
    values.put("type", connection.schedule().type());
    values.put("schedule", Rows.text(ScheduleJson.data(connection.schedule())));
    values.put("definition", connection.namespaceDefinition());
    values.put("format", connection.namespaceFormat());
    values.put("prefix", connection.prefix());
    values.put("catalog", connection.catalog() == null ? null : connection.catalog().toString());
    values.put("breaking", Rows.flag(connection.breakingChange()));
    values.put("details", Rows.text(connection.details()));
    values.put("updated", connection.updatedAt().toEpochMilli());
    return values;
  }

  /** Reads a row of the table. */
  public static Connection read(ResultSet row) throws SQLException {
    String catalog = row.getString("catalog_id");
    return new Connection(
        ConnectionId.of(row.getString("id")),
        WorkspaceId.of(row.getString("workspace_id")),
        ActorId.of(row.getString("source_id")),
        ActorId.of(row.getString("destination_id")),
        row.getString("name"),
        ConnectionStatus.of(row.getString("status")),
        row.getString("status_reason"),
        ScheduleJson.read(Rows.object(row, "schedule")),
        row.getString("namespace_definition"),
        row.getString("namespace_format"),
        row.getString("prefix"),
        catalog == null ? null : UUID.fromString(catalog),
        row.getInt("breaking_change") == 1,
        Rows.object(row, "details"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }

  private static ConnectionStream readStream(ResultSet row) throws SQLException {
    return new ConnectionStream(
        name(row),
        row.getInt("selected") == 1,
        Rows.object(row, "stream"),
        Rows.object(row, "config"));
  }

  private static StreamName name(ResultSet row) throws SQLException {
    String namespace = row.getString("namespace");
    return new StreamName(namespace.isEmpty() ? null : namespace, row.getString("name"));
  }
}
