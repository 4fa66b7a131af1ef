package io.millrace.server.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.environment.Variables;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceLimits;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection may be: within the limits, and not writing where another one does.
 *
 * @param limits how much a workspace may hold
 * @param shared what becomes of connections that share a target
 */
public record ConnectionRules(WorkspaceLimits limits, Shared shared) {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionRules.class);
  private static final SharedTargets TARGETS = new SharedTargets();
  private static final String REMEDY =
      "select fewer streams or fields, or raise "
          + WorkspaceLimits.CONNECTION_FIELDS_MAX
          + " of the server.";

  /** What becomes of a connection with a stream that lands where one of another lands. */
  public enum Shared {
    /** It is kept, and whoever looks at it is told. */
    WARN,
    /** It is refused. */
    REFUSE
  }

  /** The usual rules. */
  public static final ConnectionRules DEFAULT =
      new ConnectionRules(WorkspaceLimits.DEFAULT, Shared.WARN);

  /**
   * Reads {@code MILLRACE_SHARED_TARGETS} ({@code warn}, {@code refuse}) and the limits.
   *
   * @throws io.millrace.spi.ConfigException when a variable is wrong
   */
  public static ConnectionRules of(Map<String, String> environment) {
    return new ConnectionRules(
        WorkspaceLimits.of(environment),
        new Variables(environment).choice("MILLRACE_SHARED_TARGETS", Shared.WARN));
  }

  /** Refuses one more connection where its workspace is full. */
  void room(Handle tx, WorkspaceId workspace) {
    long known =
        tx.createQuery(
                "SELECT count(*) FROM connection WHERE workspace_id = :workspace"
                    + " AND status <> 'deprecated'")
            .bind("workspace", workspace.toString())
            .mapTo(Long.class)
            .one();
    WorkspaceLimits.refuseMore(
        "connection", known, limits.connections(), WorkspaceLimits.CONNECTIONS_MAX);
  }

  /** Refuses a source and a destination of two workspaces. */
  static void oneWorkspace(Actor source, Actor destination) {
    if (!source.workspace().equals(destination.workspace())) {
      throw new ApiException(
          Fault.BAD_REQUEST,
          "The source is of workspace "
              + source.workspace()
              + " and the destination of "
              + destination.workspace()
              + "; both must be of one.");
    }
  }

  /** Refuses to change a connection that is deleted, or locked and not unlocked by the change. */
  static void changeable(Connection connection, ConnectionDraft draft) {
    if (connection.deleted()) {
      throw new ApiException(
          Fault.STATE_CONFLICT,
          "The connection " + connection.id() + " is deleted and cannot be changed.");
    }
    boolean unlocks = draft.status() != null && draft.status() != ConnectionStatus.LOCKED;
    if (connection.status() == ConnectionStatus.LOCKED && !unlocks) {
      throw ApiException.typed(
          Fault.STATE_CONFLICT,
          "error:connection/locked",
          "The connection "
              + connection.id()
              + " is locked. Set its status to active or inactive first.",
          Map.of());
    }
  }

  /** Refuses streams with more fields than a connection may have. */
  void size(List<ConnectionStream> streams) {
    long fields = selected(streams);
    if (fields > limits.fields()) {
      throw new ApiException(
          Fault.BAD_REQUEST,
          "The connection's streams have "
              + fields
              + " selected fields, and "
              + limits.fields()
              + " is the most; "
              + REMEDY);
    }
  }

  /**
   * Looks whether what is new at a source would give a connection more fields than it may have.
   * Streams that have too many already, because the limit was lowered, may become smaller.
   *
   * @return a sentence where it would, or null
   */
  public @Nullable String growth(List<ConnectionStream> before, List<ConnectionStream> after) {
    long fields = selected(after);
    if (fields <= limits.fields() || fields <= selected(before)) {
      return null;
    }
    return "With what has changed at the source the connection's streams would have "
        + fields
        + " selected fields, and "
        + limits.fields()
        + " is the most, so nothing of it is taken over; "
        + REMEDY;
  }

  /**
   * Looks whether a connection writes where others do.
   *
   * @return a sentence for each stream that does
   * @throws ApiException when the rule is to refuse it
   */
  List<String> targets(
      Handle tx, Connection connection, List<ConnectionStream> streams, Actor destination) {
    List<SharedTargets.Found> found = TARGETS.of(tx, connection, streams, destination);
    if (found.isEmpty()) {
      return List.of();
    }
    if (shared == Shared.REFUSE) {
      throw SharedTargets.refusal(connection, found);
    }
    LOG.atWarn()
        .addKeyValue("connection", connection.id())
        .addKeyValue("streams", found.size())
        .addKeyValue(
            "others", found.stream().map(one -> one.other().toString()).distinct().toList())
        .log("targets_shared");
    return SharedTargets.sentences(found);
  }

  /** Returns a sentence for each stream that lands where one of another active connection does. */
  public static List<String> warnings(
      Handle tx, Connection connection, List<ConnectionStream> streams, Actor destination) {
    return SharedTargets.sentences(TARGETS.of(tx, connection, streams, destination));
  }

  private static long selected(List<ConnectionStream> streams) {
    return streams.stream()
        .filter(ConnectionStream::selected)
        .mapToLong(ConnectionRules::fields)
        .sum();
  }

  private static long fields(ConnectionStream stream) {
    JsonNode config = stream.config();
    return config.path("fieldSelectionEnabled").asBoolean()
        ? config.path("selectedFields").size()
        : stream.stream().path("jsonSchema").path("properties").size();
  }
}
