package io.millrace.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.audit.Audit;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.event.Timeline;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobListeners;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.JobType;
import io.millrace.server.json.Documents;
import io.millrace.server.schedule.ManualClock;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A store with connections and jobs, a runner of actions on it, and what both said. */
final class Works implements AutoCloseable, TextSeal, SqlRunner, ActionReport {
  static final String NOBODY = "00000000-0000-4000-8000-000000000001";
  private static final long WAIT_SECONDS = 30;

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-28T12:00:00Z"));
  final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Database database;
  private final JobStore jobs = new JobStore();
  private final JobListeners listeners = new JobListeners();
  private final JobTransitions transitions =
      new JobTransitions(clock, new Timeline(clock), listeners);
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable ActionRunner runner;

  Works(Database database) {
    this.database = database;
    listeners.addToEnds(new ActionPlan(this, clock));
    database.change(
        tx -> {
          tx.execute("INSERT INTO workspace VALUES (?, 'w', 'w', '{}', 0, 0, NULL)", NOBODY);
          tx.execute(
              "INSERT INTO actor VALUES (?, ?, 'destination', ?, 'a', '{}', '{}', 0, 0, NULL)",
              NOBODY,
              NOBODY,
              NOBODY);
        });
    Routes routes = new Routes();
    new ActionEndpoints(new ActionService(database, this, new Audit(clock), clock)).add(routes);
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes);
  }

  /** Starts a server's part that does actions, as a new process would. */
  void startRunner() {
    runner = new ActionRunner(database, this, this::startChained, this, this, clock);
    runner.start();
  }

  /** Ends it, as a stop of the process would. */
  void stopRunner() {
    if (runner != null) {
      runner.close();
      runner = null;
    }
  }

  void wake() {
    if (runner != null) {
      runner.jobEnded();
    }
  }

  ConnectionId connection(String name) {
    ConnectionId id = ConnectionId.random();
    database.change(
        tx ->
            tx.execute(
                "INSERT INTO connection (id, workspace_id, source_id, destination_id, name, status,"
                    + " schedule_type, schedule, namespace_definition, prefix, breaking_change,"
                    + " details, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'active', 'manual',"
                    + " '{}', 'source', '', 0, '{}', 0, 0)",
                id.toString(),
                NOBODY,
                NOBODY,
                NOBODY,
                name));
    return id;
  }

  void status(ConnectionId id, String status) {
    database.change(
        tx -> tx.execute("UPDATE connection SET status = ? WHERE id = ?", status, id.toString()));
  }

  /** Makes a job that is running. */
  long job(ConnectionId id, JobType type) {
    return database.write(tx -> jobs.insert(tx, id, type, Documents.empty(), clock.instant()));
  }

  /** Ends the connection's open job, if there is one, and wakes the runner. */
  void end(ConnectionId id, String status) {
    JobStatus to = JobStatus.valueOf(status.toUpperCase(Locale.ROOT));
    database.change(tx -> jobs.open(tx, id).ifPresent(job -> end(tx, job, to)));
    wake();
  }

  private void end(Handle tx, Job job, JobStatus to) {
    int attempt = transitions.begin(tx, job, "works").orElseThrow().attempt();
    assertThat(transitions.end(tx, job.id(), attempt, to, List.of())).isPresent();
  }

  /** Makes a sync that ends at once. */
  long ended(ConnectionId id, String status) {
    long job = job(id, JobType.SYNC);
    end(id, status);
    return job;
  }

  int jobs(ConnectionId id) {
    return number("SELECT count(*) FROM job WHERE connection_id = '" + id + "'");
  }

  int number(String sql) {
    return database.read(tx -> tx.createQuery(sql).mapTo(Integer.class).one());
  }

  void change(String sql) {
    database.change(tx -> tx.execute(sql));
  }

  /** Waits for the next thing said. */
  String heard() throws InterruptedException {
    return String.valueOf(said.poll(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  /** Waits until a query gives a number. */
  void awaitNumber(String sql, int expected) throws InterruptedException {
    Instant end = Instant.ofEpochMilli(System.nanoTime() / 1_000_000).plusSeconds(WAIT_SECONDS);
    while (number(sql) != expected
        && Instant.ofEpochMilli(System.nanoTime() / 1_000_000).isBefore(end)) {
      Thread.sleep(20);
    }
    assertThat(number(sql)).isEqualTo(expected);
  }

  /** Calls the API; the body's quotes may be single ones. */
  JsonNode post(String path, int status, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.ports().get(0) + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Documents.MAPPER.readTree(answer.body());
  }

  JsonNode update(ConnectionId id, int status, String actions)
      throws IOException, InterruptedException {
    return post(
        "/connections/actions/update", status, "{'connectionId': '" + id + "', " + actions + "}");
  }

  JsonNode get(ConnectionId id) throws IOException, InterruptedException {
    return post("/connections/actions/get", 200, "{'connectionId': '" + id + "'}");
  }

  private boolean startChained(Handle tx, ConnectionId id) {
    if (jobs.open(tx, id).isPresent()) {
      return false;
    }
    jobs.insert(tx, id, JobType.SYNC, Documents.empty(), clock.instant());
    return true;
  }

  @Override
  public void run(ActorId destination, List<String> statements) {
    said.add("sql " + statements);
  }

  @Override
  public void succeeded(ConnectionId connection, long job, String action) {
    said.add("done " + action);
  }

  @Override
  public void failed(
      ConnectionId connection, long job, String action, String message, boolean last) {
    said.add((last ? "failed " : "again ") + action + ": " + message);
  }

  @Override
  public String seal(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String open(String sealed) {
    return new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    stopRunner();
    server.close();
    client.close();
  }
}
