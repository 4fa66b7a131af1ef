package io.millrace.server.event;

import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The events in the store. Stateless. */
final class EventStore {
  /**
   * Which events of a connection.
   *
   * @param types the wanted types; empty for all
   * @param from the earliest moment, or null
   * @param to the latest moment, or null
   * @param limit at most so many
   * @param offset after so many newer ones
   */
  record Search(
      List<String> types, @Nullable Instant from, @Nullable Instant to, int limit, int offset) {}

  /** An event with its connection's name. */
  record Named(Event event, String connectionName) {}

  private static final String BOUNDS =
      " AND (:from IS NULL OR e.created_at >= :from) AND (:to IS NULL OR e.created_at <= :to)";

  void insert(Handle tx, Event event) {
    tx.createUpdate(
            "INSERT INTO event (id, connection_id, type, summary, details, actor, created_at,"
                + " job_id) VALUES (:id, :connection, :type, :summary, :details, :by, :at, :job)")
        .bind("id", event.id().toString())
        .bind("connection", event.connection().toString())
        .bind("type", event.type())
        .bind("summary", Rows.text(event.summary()))
        .bind("details", Rows.text(event.summary()))
        .bind("by", event.by())
        .bind("at", event.at().toEpochMilli())
        .bind("job", event.job())
        .execute();
  }

  boolean connectionExists(Handle tx, UUID connection) {
    return tx.createQuery("SELECT count(*) FROM connection WHERE id = :id")
            .bind("id", connection.toString())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  Optional<Event> find(Handle tx, UUID connection, UUID id) {
    return tx.createQuery("SELECT * FROM event WHERE id = :id AND connection_id = :connection")
        .bind("id", id.toString())
        .bind("connection", connection.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  List<Event> list(Handle tx, UUID connection, Search search) {
    Query query =
        tx.createQuery(
                "SELECT e.* FROM event e WHERE e.connection_id = :connection"
                    + types(search.types())
                    + BOUNDS
                    + " ORDER BY e.created_at DESC, e.id LIMIT :limit OFFSET :offset")
            .bind("connection", connection.toString());
    return bound(query, search).map((row, context) -> read(row)).list();
  }

  List<Event> ofJob(Handle tx, long job) {
    return tx.createQuery("SELECT * FROM event WHERE job_id = :job ORDER BY created_at DESC, id")
        .bind("job", job)
        .map((row, context) -> read(row))
        .list();
  }

  List<Named> ofWorkspace(Handle tx, UUID workspace, Search search) {
    Query query =
        tx.createQuery(
                "SELECT e.*, c.name AS connection_name FROM event e"
                    + " JOIN connection c ON c.id = e.connection_id"
                    + " WHERE c.workspace_id = :workspace"
                    + types(search.types())
                    + BOUNDS
                    + " ORDER BY e.created_at DESC, e.id LIMIT :limit OFFSET :offset")
            .bind("workspace", workspace.toString());
    return bound(query, search)
        .map((row, context) -> new Named(read(row), row.getString("connection_name")))
        .list();
  }

  private static String types(List<String> types) {
    return types.isEmpty() ? "" : " AND e.type IN (<types>)";
  }

  private static Query bound(Query query, Search search) {
    if (!search.types().isEmpty()) {
      query.bindList("types", search.types());
    }
    return query
        .bind("from", Rows.millis(search.from()))
        .bind("to", Rows.millis(search.to()))
        .bind("limit", search.limit())
        .bind("offset", search.offset());
  }

  private static Event read(ResultSet row) throws SQLException {
    long job = row.getLong("job_id");
    Long jobOrNull = row.wasNull() ? null : job;
    return new Event(
        UUID.fromString(row.getString("id")),
        UUID.fromString(row.getString("connection_id")),
        row.getString("type"),
        Rows.object(row, "summary"),
        jobOrNull,
        row.getString("actor"),
        Rows.instant(row, "created_at"));
  }
}
