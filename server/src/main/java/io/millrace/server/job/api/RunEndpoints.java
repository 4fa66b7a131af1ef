package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWaits;
import io.millrace.server.job.Jobs;
import io.millrace.server.job.Trigger;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that run a connection: sync, reset, clear, refresh. */
public final class RunEndpoints {
  private enum RefreshMode {
    TRUNCATE,
    MERGE
  }

  private final Database database;
  private final Jobs jobs;
  private final JobJson json;
  private final ConnectionStore connections = new ConnectionStore();

  /** Makes the endpoints. */
  public RunEndpoints(Database database, Jobs jobs, AttemptLogs logs, JobWaits waits) {
    this.database = database;
    this.jobs = jobs;
    this.json = new JobJson(logs, waits);
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.EDIT, "/connections/sync", call -> run(call, JobType.SYNC, false))
        .config(
            Access.EDIT, "/connections/reset", call -> run(call, JobType.RESET_CONNECTION, false))
        .config(
            Access.EDIT, "/connections/clear", call -> run(call, JobType.RESET_CONNECTION, false))
        .config(
            Access.EDIT,
            "/connections/reset/stream",
            call -> run(call, JobType.RESET_CONNECTION, true))
        .config(
            Access.EDIT,
            "/connections/clear/stream",
            call -> run(call, JobType.RESET_CONNECTION, true))
        .config(Access.EDIT, "/connections/refresh", this::refresh);
  }

  private Answer run(Call call, JobType type, boolean someStreams) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    Set<StreamName> streams = someStreams ? streams(body, connection, true) : new LinkedHashSet<>();
    body.check();
    JobConfig config = new JobConfig(Trigger.MANUAL, call.caller().name(), streams, false);
    return Answer.ok(json.info(start(connection, type, config)));
  }

  private Answer refresh(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    RefreshMode mode = body.choice("refreshMode", RefreshMode.MERGE);
    Set<StreamName> streams = streams(body, connection, false);
    body.check();
    JobConfig config =
        new JobConfig(Trigger.MANUAL, call.caller().name(), streams, mode == RefreshMode.TRUNCATE);
    ObjectNode answer = Documents.empty();
    answer.set("job", json.job(start(connection, JobType.REFRESH, config)));
    return Answer.ok(answer);
  }

  private JobView start(ConnectionId connection, JobType type, JobConfig config) {
    return database.write(tx -> JobView.of(tx, jobs.start(tx, connection, type, config)));
  }

  /** Reads streams by either pair of names; each must be one of the connection's. */
  private Set<StreamName> streams(Body body, ConnectionId connection, boolean required) {
    Set<StreamName> streams = new LinkedHashSet<>();
    List<Body> listed = body.objects("streams");
    if (required && listed.isEmpty()) {
      body.wrong("streams", "a list with at least one stream");
    }
    Set<StreamName> known = new LinkedHashSet<>();
    database.read(tx -> connections.streams(tx, connection)).stream()
        .map(ConnectionStream::name)
        .forEach(known::add);
    for (Body one : listed) {
      String field = one.has("streamName") ? "streamName" : "name";
      String name = one.text(field);
      @Nullable String namespace =
          Objects.requireNonNullElse(
              emptyAsAbsent(one.textOrNull("streamNamespace")),
              Objects.requireNonNullElse(one.textOrNull("namespace"), ""));
      if (!name.isEmpty()) {
        StreamName stream = new StreamName(namespace.isEmpty() ? null : namespace, name);
        if (!known.isEmpty() && !known.contains(stream)) {
          one.wrong(field, "a stream of the connection, with its namespace");
        }
        streams.add(stream);
      }
    }
    return streams;
  }

  private static @Nullable String emptyAsAbsent(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
