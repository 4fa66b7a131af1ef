package io.millrace.server.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The calls about what follows a connection's jobs. */
public final class ActionEndpoints {
  private final ActionService service;

  /** Makes the calls of a service. */
  public ActionEndpoints(ActionService service) {
    this.service = service;
  }

  /** Adds them. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/connections/actions/get", this::get)
        .config(Access.EDIT, "/connections/actions/update", this::update);
  }

  private Answer get(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    body.check();
    return answer(id, service.get(id));
  }

  private Answer update(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    List<Action> success = actions(body, ActionJson.SUCCESS, true);
    List<Action> failure = actions(body, ActionJson.FAILURE, false);
    body.check();
    return answer(id, service.update(id, success, failure, call.caller()));
  }

  private static @Nullable List<Action> actions(Body body, String name, boolean starts) {
    return body.has(name) ? ActionJson.read(body, name, starts) : null;
  }

  private static Answer answer(ConnectionId id, ActionService.View view) {
    ObjectNode json = Documents.empty().put("connectionId", id.toString());
    json.setAll(ActionJson.write(view.actions()));
    ArrayNode startedBy = json.putArray("startedBy");
    view.startedBy()
        .forEach(
            one ->
                startedBy
                    .addObject()
                    .put("connectionId", one.id().toString())
                    .put("name", one.name()));
    ArrayNode runs = json.putArray("runs");
    view.runs().forEach(run -> runs.add(run(run)));
    return Answer.ok(json);
  }

  private static ObjectNode run(ActionRun run) {
    ObjectNode json = Documents.empty();
    json.put("jobId", run.job());
    json.put("position", run.position());
    json.put("type", run.action().kind());
    json.put("status", run.status().name().toLowerCase(Locale.ROOT));
    json.put("tries", run.tries());
    if (run.message() != null) {
      json.put("message", run.message());
    }
    json.put("createdAt", run.createdAt().getEpochSecond());
    json.put("updatedAt", run.updatedAt().getEpochSecond());
    return json;
  }
}
