package io.millrace.server.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Body;
import io.millrace.server.json.Documents;
import io.millrace.server.store.TextSeal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Actions in the shape of the API. */
final class ActionJson {
  /** The kinds, by the API's names. */
  private enum Kind {
    CONNECTION,
    WEBHOOK,
    SQL
  }

  private static final String OPERATION = "operation";

  /** The members with the actions after each outcome. */
  static final String SUCCESS = "afterSuccess";

  static final String FAILURE = "afterFailure";

  private ActionJson() {}

  static ObjectNode write(Actions actions) {
    ObjectNode json = Documents.empty();
    json.set(SUCCESS, write(actions.afterSuccess()));
    json.set(FAILURE, write(actions.afterFailure()));
    return json;
  }

  private static ArrayNode write(List<Action> actions) {
    ArrayNode array = Documents.MAPPER.createArrayNode();
    for (Action action : actions) {
      ObjectNode json = array.addObject().put("type", action.kind());
      switch (action) {
        case Action.Start start -> json.put("connectionId", start.connection().toString());
        case Action.Post post -> json.put("url", post.url());
        case Action.Operation operation -> json.put("operationId", operation.id().toString());
        case Action.Sql sql -> {
          ArrayNode statements = json.putArray("statements");
          sql.statements().forEach(statements::add);
          json.put("timeoutSeconds", sql.timeout().toSeconds());
        }
      }
    }
    return array;
  }

  /** Reads a list of actions; a wrong one is remembered by the body. */
  static List<Action> read(Body body, String name, boolean starts) {
    List<Body> objects = body.objects(name);
    if (objects.size() > ActionSettings.ACTIONS_MAX) {
      body.wrong(name, "at most " + ActionSettings.ACTIONS_MAX + " actions");
      return List.of();
    }
    List<Action> actions = new ArrayList<>();
    for (Body object : objects) {
      Kind kind = object.choiceOrNull("type", Kind.class);
      if (kind == null) {
        if (!object.has("type")) {
          object.wrong("type", "connection, webhook or sql; it is required");
        }
        continue;
      }
      switch (kind) {
        case CONNECTION -> {
          if (!starts) {
            object.wrong("type", "webhook or sql; a connection starts after a success alone");
          }
          actions.add(new Action.Start(new ConnectionId(object.id("connectionId"))));
        }
        case WEBHOOK -> actions.add(new Action.Post(url(object)));
        case SQL -> actions.add(sql(object));
      }
    }
    return actions;
  }

  private static String url(Body body) {
    String url = body.text("url");
    if (body.has("url") && !isWeb(url)) {
      body.wrongSecret("url", "an http:// or https:// URL with a host, of at most 2000 characters");
    }
    return url;
  }

  private static boolean isWeb(String url) {
    if (url.length() > ActionSettings.URL_CHARS_MAX) {
      return false;
    }
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Action sql(Body body) {
    List<String> statements = body.texts("statements");
    boolean wrong =
        statements.isEmpty()
            || statements.size() > ActionSettings.STATEMENTS_MAX
            || statements.stream()
                .anyMatch(
                    one -> one.isBlank() || one.length() > ActionSettings.STATEMENT_CHARS_MAX);
    if (wrong) {
      body.wrong(
          "statements",
          "1 to "
              + ActionSettings.STATEMENTS_MAX
              + " SQL statements, each of at most "
              + ActionSettings.STATEMENT_CHARS_MAX
              + " characters");
    }
    int seconds =
        body.number(
            "timeoutSeconds", ActionSettings.SQL_SECONDS, 1, ActionSettings.SQL_SECONDS_MAX);
    return new Action.Sql(statements, Duration.ofSeconds(seconds));
  }

  /** Returns the settings of the store. */
  static ObjectNode stored(Action action, TextSeal seal) {
    ObjectNode settings = Documents.empty();
    switch (action) {
      case Action.Start ignored -> {}
      case Action.Post post -> settings.put("url", seal.seal(post.url()));
      case Action.Operation operation -> settings.put("operationId", operation.id().toString());
      case Action.Sql sql -> {
        ArrayNode statements = settings.putArray("statements");
        sql.statements().forEach(statements::add);
        settings.put("timeoutSeconds", sql.timeout().toSeconds());
      }
    }
    return settings;
  }

  /** Reads what the store holds. */
  static Action read(String kind, String target, JsonNode settings, TextSeal seal) {
    if (kind.equals(OPERATION)) {
      return new Action.Operation(UUID.fromString(settings.path("operationId").asText()));
    }
    return switch (Kind.valueOf(kind.toUpperCase(Locale.ROOT))) {
      case CONNECTION -> new Action.Start(ConnectionId.of(target));
      case WEBHOOK -> new Action.Post(seal.open(settings.path("url").asText()));
      case SQL -> {
        List<String> statements = new ArrayList<>();
        settings.path("statements").forEach(one -> statements.add(one.asText()));
        yield new Action.Sql(
            statements, Duration.ofSeconds(settings.path("timeoutSeconds").asLong()));
      }
    };
  }
}
