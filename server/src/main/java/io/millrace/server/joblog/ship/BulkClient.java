package io.millrace.server.joblog.ship;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks to the cluster. Belongs to the shipper's thread. */
final class BulkClient implements AutoCloseable {
  private static final int OK_MAX = 299;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int REASON_CHARS_MAX = 300;

  private final ShippingSettings settings;
  private final HttpClient http;
  private boolean templated;

  BulkClient(ShippingSettings settings) {
    this.settings = settings;
    // A redirect could lead the password to where nobody sent it.
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.bounds().timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * What became of the lines of a request.
   *
   * @param again those that may be taken later
   * @param refused how many never will
   * @param reason why the first of either was not taken, or null
   */
  record Result(List<ShippedLine> again, int refused, @Nullable String reason) {}

  /** Sends lines; {@code texts} are their parts of the request. */
  Result send(List<ShippedLine> lines, List<String> texts) throws InterruptedException {
    try {
      @Nullable String wrong = template();
      if (wrong != null) {
        return new Result(lines, 0, wrong);
      }
      HttpResponse<String> answer =
          call("POST", "/_bulk", "application/x-ndjson", String.join("", texts));
      int status = answer.statusCode();
      if (status == TOO_LARGE && lines.size() == 1) {
        return new Result(List.of(), 1, "the line is too long for the cluster");
      }
      return status <= OK_MAX
          ? items(lines, answer.body())
          : new Result(lines, 0, "status " + status);
    } catch (IOException e) {
      return new Result(lines, 0, e.getClass().getSimpleName());
    }
  }

  /** Puts the template, unless somebody has; returns what went wrong. */
  private @Nullable String template() throws IOException, InterruptedException {
    if (templated) {
      return null;
    }
    int found = call("GET", IndexTemplate.PATH, null, null).statusCode();
    if (found == NOT_FOUND) {
      found =
          call("PUT", IndexTemplate.PATH, "application/json", IndexTemplate.json().toString())
              .statusCode();
    }
    templated = found <= OK_MAX;
    return templated ? null : "the index template was answered with status " + found;
  }

  private static Result items(List<ShippedLine> lines, String body) {
    JsonNode items;
    try {
      items = Documents.MAPPER.readTree(body).path("items");
    } catch (JsonProcessingException e) {
      return new Result(lines, 0, "the answer is no JSON");
    }
    if (items.size() != lines.size()) {
      return new Result(lines, 0, "the answer is none of a bulk request");
    }
    List<ShippedLine> again = new ArrayList<>();
    int refused = 0;
    String reason = null;
    for (int i = 0; i < lines.size(); i++) {
      JsonNode item = items.get(i).path("create");
      int status = item.path("status").asInt();
      if (status <= OK_MAX || status == CONFLICT) {
        // A conflict: an earlier request, whose answer was lost, has brought it.
        continue;
      }
      if (status == TOO_MANY || status >= SERVER_ERROR) {
        again.add(lines.get(i));
      } else {
        refused++;
      }
      if (reason == null) {
        String why = item.path("error").path("type").asText() + ", status " + status;
        reason = why.substring(0, Math.min(why.length(), REASON_CHARS_MAX));
      }
    }
    return new Result(again, refused, reason);
  }

  private HttpResponse<String> call(
      String method, String path, @Nullable String type, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.at(path))
            .timeout(settings.bounds().timeout())
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (settings.username() != null) {
      String login = settings.username() + ":" + settings.password();
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
