package io.millrace.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.json.Documents;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, to be killed and started again, and the calls of its API. */
final class ServerProgram implements AutoCloseable {
  static final long WAIT_SECONDS_MAX = 120;
  private static final Set<String> OPEN = Set.of("pending", "running", "incomplete");

  private final Program program;
  private final List<String> arguments = new ArrayList<>(List.of("up", "--no-open"));
  private final String base;
  private final ApiClient api;
  private Program.@Nullable Running running;

  /** Makes one that is not started yet, on a free port that it keeps. */
  ServerProgram(Program program, String... arguments) {
    this.program = program;
    int port = freePort();
    this.arguments.addAll(List.of("--port", String.valueOf(port), "--api-port", "0"));
    this.arguments.addAll(List.of(arguments));
    this.base = "http://127.0.0.1:" + port;
    this.api = new ApiClient(base, new Credentials.None());
  }

  String base() {
    return base;
  }

  Process process() {
    if (running == null) {
      throw new IllegalStateException("The server was not started.");
    }
    return running.process();
  }

  /** Starts it; returns when it answers. */
  void start() throws InterruptedException {
    running = program.start(arguments.toArray(String[]::new));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (true) {
      try {
        workspace();
        return;
      } catch (TransientException e) {
        if (System.nanoTime() > end || !process().isAlive()) {
          throw new AssertionError("The server did not start.", e);
        }
        Thread.sleep(100);
      }
    }
  }

  /** Kills it without a word, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process().destroyForcibly().waitFor();
  }

  /** Calls the Config API. */
  JsonNode post(String path, ObjectNode body) throws InterruptedException {
    return api.post(path, body);
  }

  String workspace() throws InterruptedException {
    JsonNode listed = api.post("/workspaces/list", Documents.empty());
    return listed.path("workspaces").path(0).path("workspaceId").asText();
  }

  /** Has the workspace told of a trigger by a webhook on this machine. */
  void tell(String trigger, int port) throws InterruptedException {
    ObjectNode body = Documents.empty().put("workspaceId", workspace());
    ObjectNode item = body.putObject("notificationSettings").putObject(trigger);
    item.putArray("notificationType").add("slack");
    item.putObject("slackConfiguration").put("webhook", "http://127.0.0.1:" + port + "/");
    api.post("/workspaces/update", body);
  }

  /** Returns the connection that a new server has. */
  String sample() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (System.nanoTime() < end) {
      JsonNode listed =
          api.post("/connections/list", Documents.empty().put("workspaceId", workspace()));
      if (!listed.path("connections").isEmpty()) {
        return listed.path("connections").path(0).path("connectionId").asText();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("The new server has no sample connection.");
  }

  /** Starts a sync; returns its job's number. */
  long sync(String connection) throws InterruptedException {
    return api.post("/connections/sync", Documents.empty().put("connectionId", connection))
        .path("job")
        .path("id")
        .asLong();
  }

  String status(long job) throws InterruptedException {
    return api.post("/jobs/get_light", Documents.empty().put("id", job))
        .path("job")
        .path("status")
        .asText();
  }

  boolean isOpen(long job) throws InterruptedException {
    return OPEN.contains(status(job));
  }

  /** Waits for a job's end; returns how it ended, or its status when it never does. */
  String awaitEnd(long job) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    String status = status(job);
    while (OPEN.contains(status) && System.nanoTime() < end) {
      Thread.sleep(100);
      status = status(job);
    }
    return status;
  }

  /** Returns the connection's syncs, the newest first. */
  List<JsonNode> syncs(String connection) throws InterruptedException {
    ObjectNode body = Documents.empty().put("configId", connection);
    body.putArray("configTypes").add("sync");
    List<JsonNode> jobs = new ArrayList<>();
    api.post("/jobs/list", body).path("jobs").forEach(one -> jobs.add(one.path("job")));
    return jobs;
  }

  /** Waits until the connection's newest sync has a status; returns its number. */
  long awaitNewest(String connection, String status) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    List<JsonNode> jobs = List.of();
    while (System.nanoTime() < end) {
      jobs = syncs(connection);
      if (!jobs.isEmpty() && jobs.getFirst().path("status").asText().equals(status)) {
        return jobs.getFirst().path("id").asLong();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never " + status + ": " + jobs);
  }

  @Override
  public void close() {
    api.close();
    if (running != null) {
      running.process().destroyForcibly();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
