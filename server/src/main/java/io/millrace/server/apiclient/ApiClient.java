package io.millrace.server.apiclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls the Config API of a server, this program's own or an Airbyte's. Thread-safe. */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** A discover of a large database is the longest call. */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(10);

  private static final int ANSWER_BYTES_MAX = 256 << 20;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
  private final URI server;
  private final Credentials credentials;
  private final Duration answerMax;
  private final Answers answers;
  private volatile @Nullable String authorization;

  /**
   * Makes a client.
   *
   * @param server scheme, host and port
   * @param credentials how it says who it is
   * @throws ConfigException when the URL is none
   */
  public ApiClient(String server, Credentials credentials) {
    this(server, credentials, "MILLRACE", ANSWER_MAX);
  }

  ApiClient(String server, Credentials credentials, String variables, Duration answerMax) {
    this.server = uri(server);
    this.credentials = credentials;
    this.answerMax = answerMax;
    this.answers = new Answers(this.server, credentials, variables);
    this.authorization =
        switch (credentials) {
          case Credentials.Basic basic -> basic.header();
          case Credentials.Token token -> "Bearer " + token.token();
          case Credentials.None ignored -> null;
          case Credentials.Application ignored -> null;
        };
  }

  /**
   * Makes a client whose login stands in variables, see {@link Credentials#of}.
   *
   * @throws ConfigException when the URL is none
   */
  public static ApiClient of(String server, Map<String, String> environment, String prefix) {
    return new ApiClient(server, Credentials.of(environment, prefix), prefix, ANSWER_MAX);
  }

  /**
   * Makes a call of the Config API, {@code post("/sources/list", body)}.
   *
   * @throws ConfigException when the server refuses it; the sentence is the server's
   * @throws TransientException when the server cannot be reached or fails, or the answer is broken
   */
  public JsonNode post(String path, ObjectNode body) throws InterruptedException {
    return answers.read(path, answer(path, body));
  }

  /**
   * Makes a call that not every version of a server knows; empty where this one does not.
   *
   * @throws ConfigException as {@link #post}
   * @throws TransientException as {@link #post}
   */
  public Optional<JsonNode> postIfServed(String path, ObjectNode body) throws InterruptedException {
    HttpResponse<byte[]> answer = answer(path, body);
    boolean unknown = answer.statusCode() == 404 || answer.statusCode() == 405;
    return unknown ? Optional.empty() : Optional.of(answers.read(path, answer));
  }

  /** Returns where the server is. */
  public URI server() {
    return server;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpResponse<byte[]> answer(String path, ObjectNode body) throws InterruptedException {
    if (!(credentials instanceof Credentials.Application application)) {
      return send(path, body, authorization);
    }
    String held = authorization;
    if (held != null) {
      HttpResponse<byte[]> answer = send(path, body, held);
      if (answer.statusCode() != 401) {
        return answer;
      }
    }
    // A token lasts for minutes, and what a command does may take longer.
    String fresh = "Bearer " + token(application);
    authorization = fresh;
    return send(path, body, fresh);
  }

  private String token(Credentials.Application application) throws InterruptedException {
    String path = "/applications/token";
    ObjectNode body =
        Documents.empty()
            .put("client_id", application.clientId())
            .put("client_secret", application.clientSecret());
    return answers.read(path, send(path, body, null)).path("access_token").asText();
  }

  private HttpResponse<byte[]> send(String path, ObjectNode body, @Nullable String authorized)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (authorized != null) {
      request.header("Authorization", authorized);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    try {
      return answer.get(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw broken(path, e.getCause() instanceof IOException cause ? cause : new IOException(e));
    } catch (TimeoutException e) {
      throw broken(path, new HttpTimeoutException("no whole answer in " + answerMax));
    } finally {
      answer.cancel(true);
    }
  }

  private TransientException broken(String path, IOException e) {
    String sentence =
        switch (e) {
          case ConnectException ignored ->
              "The server at " + server + " cannot be reached. Does it run there?";
          case HttpTimeoutException ignored ->
              "The server at "
                  + server
                  + " did not answer "
                  + path
                  + " in time. Look whether it is well, and try again.";
          default ->
              "The server at "
                  + server
                  + " broke off its answer to "
                  + path
                  + " ("
                  + ConnectorException.outside(String.valueOf(e.getMessage()))
                  + "). Try again.";
        };
    return new TransientException("server_unreachable", sentence, e.toString(), e);
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
