package io.millrace.server.streamstate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.StreamMemory;
import io.millrace.protocol.ExactJson;
import io.millrace.protocol.StateTokens;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.state.StreamCodec;
import io.millrace.server.store.Rows;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.SystemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What connections remember, in the store. Stateless. */
public final class StreamStateStore {
  /** The versions of a state that are kept; older ones are dropped. */
  static final int VERSIONS_KEPT = 100;

  private static final String OF_STREAM =
      " WHERE connection_id = :connection AND namespace = :namespace AND name = :name";

  /**
   * One version of a stream's state.
   *
   * @param savedAt when it was saved
   * @param state the state; null stands for the beginning
   */
  public record Version(Instant savedAt, @Nullable StreamState state) {}

  Optional<ConnectionMemory> connection(Handle tx, ConnectionId id) {
    return tx.createQuery("SELECT last_sync, ended_sync FROM sync_memory WHERE connection_id = :id")
        .bind("id", id.toString())
        .map(
            (row, context) ->
                new ConnectionMemory(row.getLong("last_sync"), row.getLong("ended_sync")))
        .findOne();
  }

  void saveConnection(Handle tx, ConnectionId id, ConnectionMemory memory) {
    tx.createUpdate(
            "INSERT INTO sync_memory (connection_id, last_sync, ended_sync)"
                + " VALUES (:id, :last, :ended) ON CONFLICT (connection_id)"
                + " DO UPDATE SET last_sync = excluded.last_sync, ended_sync = excluded.ended_sync")
        .bind("id", id.toString())
        .bind("last", memory.lastSyncId())
        .bind("ended", memory.endedSyncId())
        .execute();
  }

  Optional<StreamMemory> stream(Handle tx, ConnectionId id, StreamName name) {
    return tx.createQuery("SELECT memory FROM stream_memory" + OF_STREAM)
        .bind("connection", id.toString())
        .bind("namespace", namespace(name))
        .bind("name", name.name())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns what is known of every stream, in the order of their names. */
  public List<StreamMemory> streams(Handle tx, ConnectionId id) {
    return tx
        .createQuery("SELECT memory FROM stream_memory WHERE connection_id = :id")
        .bind("id", id.toString())
        .map((row, context) -> read(row))
        .stream()
        .sorted(Comparator.comparing(StreamMemory::name))
        .toList();
  }

  /** Keeps a stream's memory. A state that differs from the last one becomes a version, too. */
  void save(Handle tx, ConnectionId id, StreamMemory memory, Instant now) {
    @Nullable StreamState before =
        stream(tx, id, memory.name()).map(StreamMemory::state).orElse(null);
    tx.createUpdate(
            "INSERT INTO stream_memory (connection_id, namespace, name, memory, updated_at)"
                + " VALUES (:connection, :namespace, :name, :memory, :now)"
                + " ON CONFLICT (connection_id, namespace, name)"
                + " DO UPDATE SET memory = excluded.memory, updated_at = excluded.updated_at")
        .bind("connection", id.toString())
        .bind("namespace", namespace(memory.name()))
        .bind("name", memory.name().name())
        .bind("memory", StreamCodec.encode(memory).toString())
        .bind("now", now.toEpochMilli())
        .execute();
    // Compared in the form that is kept: how a token is laid out makes no version.
    if (!Objects.equals(StateTokens.of(before), StateTokens.of(memory.state()))) {
      addVersion(tx, id, memory, now);
    }
  }

  /** Returns the kept versions of a stream's state, oldest first. */
  public List<Version> versions(Handle tx, ConnectionId id, StreamName name) {
    return tx.createQuery(
            "SELECT state, created_at FROM stream_state_version" + OF_STREAM + " ORDER BY id")
        .bind("connection", id.toString())
        .bind("namespace", namespace(name))
        .bind("name", name.name())
        .map(
            (row, context) ->
                new Version(Rows.instant(row, "created_at"), state(row.getString("state"))))
        .list();
  }

  private static void addVersion(Handle tx, ConnectionId id, StreamMemory memory, Instant now) {
    tx.createUpdate(
            "INSERT INTO stream_state_version (connection_id, namespace, name, state, created_at)"
                + " VALUES (:connection, :namespace, :name, :state, :now)")
        .bind("connection", id.toString())
        .bind("namespace", namespace(memory.name()))
        .bind("name", memory.name().name())
        .bind("state", StateTokens.of(memory.state()).toString())
        .bind("now", now.toEpochMilli())
        .execute();
    tx.createUpdate(
            "DELETE FROM stream_state_version"
                + OF_STREAM
                + " AND id <= (SELECT id FROM stream_state_version"
                + OF_STREAM
                + " ORDER BY id DESC LIMIT 1 OFFSET "
                + VERSIONS_KEPT
                + ")")
        .bind("connection", id.toString())
        .bind("namespace", namespace(memory.name()))
        .bind("name", memory.name().name())
        .execute();
  }

  private static StreamMemory read(ResultSet row) throws SQLException {
    try {
      return StreamCodec.decode((ObjectNode) tree(row.getString("memory")));
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static @Nullable StreamState state(String text) {
    try {
      return StateTokens.state(tree(text));
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static JsonNode tree(String text) {
    try {
      return ExactJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  private static SystemException unreadable(Exception e) {
    return new SystemException(
        "state_unreadable",
        "What the store remembers of a stream cannot be understood. Restore a backup, or clear the"
            + " stream to begin it again.",
        e.toString(),
        e);
  }

  private static String namespace(StreamName name) {
    return Objects.requireNonNullElse(name.namespace(), "");
  }
}
