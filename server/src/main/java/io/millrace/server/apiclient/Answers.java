package io.millrace.server.apiclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What a server's answers say, or the sentence about what is wrong with them. */
final class Answers {
  private final URI server;
  private final Credentials credentials;
  private final String variables;

  /**
   * Makes it.
   *
   * @param variables how the names of the variables with the credentials begin
   */
  Answers(URI server, Credentials credentials, String variables) {
    this.server = server;
    this.credentials = credentials;
    this.variables = variables;
  }

  /**
   * Returns what an answer says.
   *
   * @throws ConfigException when the server refuses the call, or is none of this API
   * @throws TransientException when the server fails or the answer is broken
   */
  JsonNode read(String path, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    @Nullable JsonNode json = json(answer.body());
    if (status >= 200 && status < 300) {
      if (json == null) {
        throw unreadable(path, answer);
      }
      return json;
    }
    throw refused(path, answer, json == null ? Documents.empty() : json);
  }

  private static @Nullable JsonNode json(byte[] bytes) {
    try {
      return bytes.length == 0 ? Documents.empty() : Documents.MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private ConnectorException unreadable(String path, HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (type.contains("html")) {
      return new ConfigException(
          "server_other",
          "The server at "
              + server
              + " answered "
              + path
              + " with a web page, so it is not the API"
              + " of a Millrace or an Airbyte; look at the address.");
    }
    return new TransientException(
        "answer_broken",
        "The server at " + server + " answered " + path + " with broken JSON. Try again.",
        path + " " + answer.statusCode(),
        null);
  }

  private ConnectorException refused(String path, HttpResponse<byte[]> answer, JsonNode json) {
    int status = answer.statusCode();
    String detail = path + " " + status;
    String said = json.path("message").asText(json.path("detail").asText(""));
    if (status == 401) {
      return new ConfigException("login_needed", login(), detail, null);
    }
    if (status >= 300 && status < 400) {
      String to = answer.headers().firstValue("Location").orElse("elsewhere");
      return new ConfigException(
          "server_moved",
          "The server at "
              + server
              + " sends "
              + path
              + " to "
              + ConnectorException.outside(to)
              + "; name that server instead.",
          detail,
          null);
    }
    String sentence =
        said.isEmpty()
            ? "it answered " + status + " to " + path + "."
            : ConnectorException.outside(said);
    String message = "The server at " + server + " refuses: " + sentence;
    return status >= 500 || status == 429 || status == 408
        ? new TransientException("server_failed", message, detail, null)
        : new ConfigException("server_refused", message, detail, null);
  }

  private String login() {
    String given =
        switch (credentials) {
          case Credentials.None ignored -> "";
          case Credentials.Basic ignored -> "_USERNAME and " + variables + "_PASSWORD";
          case Credentials.Token ignored -> "_TOKEN";
          case Credentials.Application ignored -> "_CLIENT_ID and " + variables + "_CLIENT_SECRET";
        };
    return given.isEmpty()
        ? "The server at "
            + server
            + " wants a login: set "
            + variables
            + "_CLIENT_ID and "
            + variables
            + "_CLIENT_SECRET, or "
            + variables
            + "_USERNAME and "
            + variables
            + "_PASSWORD, or "
            + variables
            + "_TOKEN."
        : "The server at "
            + server
            + " does not accept "
            + variables
            + given
            + "; give what it knows.";
  }
}
