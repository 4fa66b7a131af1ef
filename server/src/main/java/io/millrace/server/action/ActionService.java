package io.millrace.server.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.action.ActionStore.Named;
import io.millrace.server.audit.Audit;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shows and changes what follows a connection's jobs. Thread-safe. */
public final class ActionService {
  private static final String ENTITY = "action";

  private final Database database;
  private final Audit audit;
  private final Clock clock;
  private final ConnectionStore connections = new ConnectionStore();
  private final ActionStore store;
  private final ActionRunStore runs;

  /** Makes the service. */
  public ActionService(Database database, TextSeal seal, Audit audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.store = new ActionStore(seal);
    this.runs = new ActionRunStore(seal);
  }

  /**
   * What follows a connection's jobs, webhooks masked.
   *
   * @param actions what is to be done
   * @param startedBy whose success starts this connection
   * @param runs what was done last, newest job first
   */
  record View(Actions actions, List<Named> startedBy, List<ActionRun> runs) {}

  View get(ConnectionId id) {
    return database.read(tx -> view(tx, found(tx, id).id()));
  }

  /**
   * Replaces a connection's actions; what has ended already is followed by the old ones.
   *
   * @param success the actions after a success; null leaves them as they are
   * @param failure the actions after a failure; null leaves them as they are
   * @param caller who asks for it
   */
  View update(
      ConnectionId id,
      @Nullable List<Action> success,
      @Nullable List<Action> failure,
      Caller caller) {
    return database.write(
        tx -> {
          Connection connection = found(tx, id);
          if (connection.status() == ConnectionStatus.DEPRECATED) {
            throw ApiException.notFound("connection", id);
          }
          Actions before = store.list(tx, id);
          Actions after =
              new Actions(
                  merged(success, before.afterSuccess()), merged(failure, before.afterFailure()));
          for (Action action : after.afterSuccess()) {
            if (action instanceof Action.Start start) {
              checkTarget(tx, connection, start.connection());
            }
          }
          store.replace(tx, id, after, clock.instant());
          refuseCycle(tx, connection);
          if (!after.equals(before)) {
            record(tx, connection, after, caller);
          }
          return view(tx, id);
        });
  }

  private void record(Handle tx, Connection connection, Actions after, Caller caller) {
    ObjectNode version = Documents.empty().put("name", connection.name());
    version.setAll(ActionJson.write(WebhookMask.mask(after)));
    audit.changed(tx, ENTITY, connection.id().toString(), "update", version, caller);
  }

  private static List<Action> merged(@Nullable List<Action> given, List<Action> stored) {
    List<Action> merged = given == null ? stored : WebhookMask.unmask(given, stored);
    for (Action action : merged) {
      if (action instanceof Action.Post post && WebhookMask.isMask(post.url())) {
        throw new ApiException(
            Fault.UNPROCESSABLE,
            "The webhook "
                + post.url()
                + " is masked, and none that is stored looks so; give its whole URL.");
      }
    }
    return merged;
  }

  private void checkTarget(Handle tx, Connection connection, ConnectionId target) {
    Connection other =
        connections
            .find(tx, target)
            .filter(one -> one.status() != ConnectionStatus.DEPRECATED)
            .filter(one -> one.workspace().equals(connection.workspace()))
            .orElse(null);
    if (other == null) {
      throw new ApiException(
          Fault.UNPROCESSABLE,
          "There is no connection " + target + " in this workspace to be started.");
    }
  }

  private void refuseCycle(Handle tx, Connection connection) {
    Chains.cycle(store.starts(tx), connection.id())
        .ifPresent(
            way -> {
              List<String> names = way.stream().map(id -> name(tx, id)).toList();
              throw new ApiException(Fault.STATE_CONFLICT, Chains.refusal(names));
            });
  }

  private String name(Handle tx, ConnectionId id) {
    return connections.find(tx, id).map(Connection::name).orElse(id.toString());
  }

  private Connection found(Handle tx, ConnectionId id) {
    return connections.find(tx, id).orElseThrow(() -> ApiException.notFound("connection", id));
  }

  private View view(Handle tx, ConnectionId id) {
    return new View(
        WebhookMask.mask(store.list(tx, id)),
        store.starters(tx, id),
        runs.list(tx, id, ActionSettings.RUNS_SHOWN));
  }
}
