package io.millrace.server.operation;

import io.millrace.server.store.Rows;
import io.millrace.server.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The operations in the store. Stateless. */
final class OperationStore {
  void insert(Handle tx, Operation operation) {
    tx.execute(
        "INSERT INTO operation (id, workspace_id, name, configuration, created_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        operation.id().toString(),
        operation.workspace().toString(),
        operation.name(),
        Rows.text(operation.configuration()),
        operation.createdAt().toEpochMilli());
  }

  void update(Handle tx, Operation operation) {
    tx.execute(
        "UPDATE operation SET name = ?, configuration = ? WHERE id = ?",
        operation.name(),
        Rows.text(operation.configuration()),
        operation.id().toString());
  }

  void delete(Handle tx, UUID id) {
    tx.execute("DELETE FROM operation WHERE id = ?", id.toString());
  }

  Optional<Operation> find(Handle tx, UUID id) {
    return list(tx, List.of(id)).stream().findFirst();
  }

  /** Returns those of these ids that exist, in the order of the ids. */
  List<Operation> list(Handle tx, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<UUID, Operation> found = new HashMap<>();
    tx.createQuery("SELECT * FROM operation WHERE id IN (<ids>)")
        .bindList("ids", ids.stream().map(UUID::toString).toList())
        .map((row, context) -> read(row))
        .forEach(operation -> found.put(operation.id(), operation));
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private static Operation read(ResultSet row) throws SQLException {
    return new Operation(
        UUID.fromString(row.getString("id")),
        WorkspaceId.of(row.getString("workspace_id")),
        row.getString("name"),
        Rows.object(row, "configuration"),
        Rows.instant(row, "created_at"));
  }
}
