package io.millrace.server.apiclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the Config API of a server. Thread-safe. */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** A discover of a large database is the longest call. */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(10);

  private static final int ANSWER_BYTES_MAX = 256 << 20;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
  private final URI server;
  private final @Nullable String authorization;

  /**
   * Makes a client.
   *
   * @param server scheme, host and port
   * @param credentials how it says who it is
   * @throws ConfigException when the URL is none
   */
  public ApiClient(String server, Credentials credentials) {
    this.server = uri(server);
    this.authorization = authorization(credentials);
  }

  /**
   * Makes a call of the Config API, {@code post("/sources/list", body)}.
   *
   * @throws ConfigException when the server refuses it; the sentence is the server's
   * @throws TransientException when the server cannot be reached or fails
   */
  public JsonNode post(String path, ObjectNode body) throws InterruptedException {
    return send("/api/v1" + path, body, authorization);
  }

  /** Returns where the server is. */
  public URI server() {
    return server;
  }

  @Override
  public void close() {
    client.close();
  }

  private @Nullable String authorization(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None ignored -> null;
      case Credentials.Basic basic -> basic.header();
      case Credentials.Token token -> "Bearer " + token.token();
      case Credentials.Application application -> "Bearer " + token(application);
    };
  }

  private String token(Credentials.Application application) {
    ObjectNode body =
        Documents.empty()
            .put("client_id", application.clientId())
            .put("client_secret", application.clientSecret());
    try {
      return send("/api/v1/applications/token", body, null).path("access_token").asText();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("interrupted", "The login was interrupted.", e.toString(), e);
    }
  }

  private JsonNode send(String path, ObjectNode body, @Nullable String authorized)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (authorized != null) {
      request.header("Authorization", authorized);
    }
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        return read(path, answer.statusCode(), in.readNBytes(ANSWER_BYTES_MAX));
      }
    } catch (IOException e) {
      throw new TransientException(
          "server_unreachable",
          "The server at " + server + " cannot be reached. Does it run (millrace up)?",
          e.toString(),
          e);
    }
  }

  private JsonNode read(String path, int status, byte[] bytes) {
    JsonNode json;
    try {
      json = bytes.length == 0 ? Documents.empty() : Documents.MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      json = Documents.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (status < 300) {
      return json;
    }
    String said = json.path("message").asText(json.path("detail").asText(""));
    String sentence =
        said.isEmpty()
            ? "it answered " + status + " to " + path + "."
            : ConnectorException.outside(said);
    String message = "The server at " + server + " refuses: " + sentence;
    if (status >= 500) {
      throw new TransientException("server_failed", message, path + " " + status, null);
    }
    throw new ConfigException("server_refused", message, path + " " + status, null);
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri.resolve("/");
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ConfigException(
        "server_url",
        "\""
            + ConnectorException.outside(text)
            + "\" is no server's URL; expected something like"
            + " http://localhost:8000, without user and password.");
  }
}
