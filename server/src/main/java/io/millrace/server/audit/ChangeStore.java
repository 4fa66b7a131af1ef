package io.millrace.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The changes in the store. Stateless. */
final class ChangeStore {
  void insert(
      Handle tx,
      String entity,
      String entityId,
      String action,
      JsonNode version,
      String actor,
      Instant at) {
    tx.createUpdate(
            "INSERT INTO change (entity, entity_id, action, version, actor, created_at)"
                + " VALUES (:entity, :id, :action, :version, :actor, :at)")
        .bind("entity", entity)
        .bind("id", entityId)
        .bind("action", action)
        .bind("version", Rows.text(version))
        .bind("actor", actor)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /** Returns changes, newest first. */
  List<Change> list(Handle tx, ChangeFilter filter, int limit, int offset) {
    Map<String, Object> values = new LinkedHashMap<>();
    String where = where(filter, values);
    return bound(
            tx.createQuery(
                "SELECT * FROM change" + where + " ORDER BY id DESC LIMIT :limit OFFSET :offset"),
            values)
        .bind("limit", limit)
        .bind("offset", offset)
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns a change. */
  Optional<Change> find(Handle tx, long id) {
    return tx.createQuery("SELECT * FROM change WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the change of the same thing before another one, as far as it is kept. */
  Optional<Change> before(Handle tx, Change change) {
    return tx.createQuery(
            "SELECT * FROM change WHERE entity = :entity AND entity_id = :thing AND id < :id"
                + " ORDER BY id DESC LIMIT 1")
        .bind("entity", change.entity())
        .bind("thing", change.entityId())
        .bind("id", change.id())
        .map((row, context) -> read(row))
        .findOne();
  }

  long count(Handle tx, ChangeFilter filter) {
    Map<String, Object> values = new LinkedHashMap<>();
    String where = where(filter, values);
    return bound(tx.createQuery("SELECT count(*) FROM change" + where), values)
        .mapTo(Long.class)
        .one();
  }

  /** Changes the versions of all things of a kind. */
  void replace(Handle tx, String entity, UnaryOperator<ObjectNode> change) {
    List<Change> all =
        tx.createQuery("SELECT * FROM change WHERE entity = :entity")
            .bind("entity", entity)
            .map((row, context) -> read(row))
            .list();
    for (Change one : all) {
      if (one.version() instanceof ObjectNode version) {
        tx.createUpdate("UPDATE change SET version = :version WHERE id = :id")
            .bind("version", Rows.text(change.apply(version)))
            .bind("id", one.id())
            .execute();
      }
    }
  }

  private static String where(ChangeFilter filter, Map<String, Object> values) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    put(conditions, "entity = :entity", filter.entity());
    put(conditions, "entity_id = :id", filter.entityId());
    put(conditions, "actor = :actor", filter.actor());
    put(conditions, "created_at >= :from", Rows.millis(filter.from()));
    put(conditions, "created_at < :to", Rows.millis(filter.to()));
    conditions.forEach((text, value) -> values.put(text.substring(text.indexOf(':') + 1), value));
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions.keySet());
  }

  private static void put(Map<String, Object> conditions, String text, @Nullable Object value) {
    if (value != null) {
      conditions.put(text, value);
    }
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Map<String, Object> values) {
    return statement.bindMap(values);
  }

  private static Change read(ResultSet row) throws SQLException {
    try {
      return new Change(
          row.getLong("id"),
          row.getString("entity"),
          row.getString("entity_id"),
          row.getString("action"),
          Documents.MAPPER.readTree(row.getString("version")),
          row.getString("actor"),
          Rows.instant(row, "created_at"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A version in the store cannot be read.", e);
    }
  }
}
