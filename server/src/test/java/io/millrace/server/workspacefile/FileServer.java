package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.server.up.Server;
import io.millrace.server.up.SqliteServer;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A server on SQLite with one workspace, and files for it. */
final class FileServer implements AutoCloseable {
  private final Path folder;
  private final Server server;
  private final ApiClient client;

  /** Starts one whose data is in this folder. */
  FileServer(Path folder) {
    this.folder = folder;
    this.server = SqliteServer.start(folder);
    this.client = new ApiClient(url(), new Credentials.None());
  }

  WorkspaceApi api() throws InterruptedException {
    return WorkspaceApi.open(client, null);
  }

  String export() throws InterruptedException {
    return new WorkspaceFiles(api()).export();
  }

  /** Returns what a file would change, a line each. */
  List<String> plan(String text) throws IOException, InterruptedException {
    return new WorkspaceFiles(api()).plan(file(text), false).stream().map(Step::text).toList();
  }

  /** Makes the workspace as a file says, what it does not name too. */
  void apply(String text) throws IOException, InterruptedException {
    WorkspaceFiles files = new WorkspaceFiles(api());
    files.apply(files.plan(file(text), true), step -> {}, warning -> {});
  }

  /** Changes what a file names; the rest stays. */
  void change(String text) throws IOException, InterruptedException {
    WorkspaceFiles files = new WorkspaceFiles(api());
    files.apply(files.plan(file(text), false), step -> {}, warning -> {});
  }

  /**
   * Makes sure that plan and change both refuse a file in these lines, and nothing is half done.
   */
  void refuses(String text, String... lines) throws InterruptedException {
    String before = export();
    for (ThrowingCallable way : List.<ThrowingCallable>of(() -> plan(text), () -> change(text))) {
      assertThatThrownBy(way)
          .as(text)
          .isInstanceOf(ConfigException.class)
          .hasMessage(String.join("\n", lines));
    }
    assertThat(export()).as("nothing half done").isEqualTo(before);
  }

  /** Returns the id of a source or destination. */
  String id(Side side, String name) throws InterruptedException {
    return Objects.requireNonNull(api().actors(side).get(name)).path(side.label() + "Id").asText();
  }

  /** Calls the public API and returns the document of its 200. */
  JsonNode publicPost(String path, ObjectNode body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/api/public/v1" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + " answered " + answer.body());
      }
      return Documents.MAPPER.readTree(answer.body());
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.ports().getFirst();
  }

  /** Returns a file with this text. */
  Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "workspace", ".yaml"), text);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
