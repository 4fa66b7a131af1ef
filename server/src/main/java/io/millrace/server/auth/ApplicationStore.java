package io.millrace.server.auth;

import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The API keys in the store. Stateless. */
final class ApplicationStore {
  void insert(Handle tx, Application application) {
    tx.createUpdate(
            "INSERT INTO application (id, name, role, client_id, client_secret, created_at)"
                + " VALUES (:id, :name, :role, :clientId, :clientSecret, :created)")
        .bind("id", application.id().toString())
        .bind("name", application.name())
        .bind("role", application.role().label())
        .bind("clientId", application.clientId())
        .bind("clientSecret", application.clientSecret())
        .bind("created", application.createdAt().toEpochMilli())
        .execute();
  }

  void delete(Handle tx, UUID id) {
    tx.createUpdate("DELETE FROM application WHERE id = :id").bind("id", id.toString()).execute();
  }

  Optional<Application> find(Handle tx, UUID id) {
    return one(tx, "id", id.toString());
  }

  Optional<Application> findByClientId(Handle tx, String clientId) {
    return one(tx, "client_id", clientId);
  }

  /** Returns every key, oldest first. */
  List<Application> list(Handle tx) {
    return tx.createQuery("SELECT * FROM application ORDER BY created_at, id")
        .map((row, context) -> read(row))
        .list();
  }

  private static Optional<Application> one(Handle tx, String column, String value) {
    return tx.createQuery("SELECT * FROM application WHERE " + column + " = :value")
        .bind("value", value)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Application read(ResultSet row) throws SQLException {
    return new Application(
        UUID.fromString(row.getString("id")),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("client_id"),
        row.getString("client_secret"),
        Rows.instant(row, "created_at"));
  }
}
