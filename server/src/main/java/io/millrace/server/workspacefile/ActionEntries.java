package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.action.ActionRules;
import io.millrace.server.http.ApiException;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What follows a connection's jobs as a file says it: {@code {connection: name}}, {@code {webhook:
 * url}} or {@code {sql: [statement], timeout_seconds: 300}}.
 */
final class ActionEntries {
  /** The key of each outcome, and the API's name for it. */
  static final Map<String, String> OUTCOMES =
      Map.of("after_success", "afterSuccess", "after_failure", "afterFailure");

  /** The keys of an entry. */
  static final List<String> KEYS = List.of("connection", "webhook", "sql", "timeout_seconds");

  private static final List<String> KINDS = List.of("connection", "webhook", "sql");
  private static final int SQL_SECONDS = 300;

  private ActionEntries() {}

  /**
   * Returns the entries of an outcome's actions.
   *
   * @param names the connections' names by id
   */
  static ArrayNode of(JsonNode actions, Map<String, String> names) {
    ArrayNode entries = Documents.MAPPER.createArrayNode();
    for (JsonNode action : actions) {
      switch (action.path("type").asText()) {
        case "connection" -> {
          String name = names.get(action.path("connectionId").asText());
          if (name != null) {
            entries.addObject().put("connection", name);
          }
        }
        case "webhook" -> entries.addObject().set("webhook", action.path("url"));
        case "sql" -> {
          ObjectNode entry = entries.addObject();
          entry.set("sql", action.path("statements"));
          entry.set("timeout_seconds", action.path("timeoutSeconds"));
        }
        default -> {
          // A server that is newer than this program has further ones.
        }
      }
    }
    return entries;
  }

  /** Returns entries in the form in which they are exported. */
  static JsonNode normal(JsonNode entries) {
    ArrayNode normal = Documents.MAPPER.createArrayNode();
    for (JsonNode one : entries) {
      if (one instanceof ObjectNode given && given.has("sql")) {
        ObjectNode entry = given.deepCopy();
        if (!given.path("sql").isArray()) {
          entry.putArray("sql").add(given.get("sql"));
        }
        if (!given.has("timeout_seconds")) {
          entry.put("timeout_seconds", SQL_SECONDS);
        }
        normal.add(entry);
      } else {
        normal.add(one);
      }
    }
    return normal;
  }

  /**
   * Returns entries as actions of the API.
   *
   * @param ids the connections' ids by name
   */
  static ArrayNode actions(JsonNode entries, Map<String, String> ids) {
    ArrayNode actions = Documents.MAPPER.createArrayNode();
    for (JsonNode entry : normal(entries)) {
      ObjectNode action = actions.addObject();
      if (entry.has("connection")) {
        action
            .put("type", "connection")
            .put("connectionId", ids.get(entry.path("connection").asText()));
      } else if (entry.has("webhook")) {
        action.put("type", "webhook").set("url", entry.get("webhook"));
      } else {
        action.put("type", "sql").set("statements", entry.path("sql"));
        action.set("timeoutSeconds", entry.path("timeout_seconds"));
      }
    }
    return actions;
  }

  /**
   * Sees that a server will take the entries of an outcome.
   *
   * @param before the entries that the server has
   * @param connections the connections that there will be
   * @throws ConfigException when it will not
   */
  static void check(String key, JsonNode entries, JsonNode before, Set<String> connections) {
    Set<String> stored = new HashSet<>();
    before.forEach(one -> stored.add(one.path("webhook").asText()));
    if (!entries.isArray()) {
      throw wrong(key, "expected a list of {connection: name}, {webhook: url} or {sql: [...]}.");
    }
    for (JsonNode entry : entries) {
      long kinds = KINDS.stream().filter(entry::has).count();
      String target = entry.path("connection").asText();
      String webhook = entry.path("webhook").asText();
      if (kinds != 1) {
        throw wrong(key, "expected one of connection, webhook and sql in each entry.");
      }
      if (entry.has("connection") && key.equals("after_failure")) {
        throw wrong(key, "a connection is started after a success alone.");
      }
      if (entry.has("connection") && !connections.contains(target)) {
        throw wrong(
            key,
            "there is no connection named \""
                + target
                + "\", neither in the file nor on the server.");
      }
      if (webhook.endsWith(Secret.MASK) && !stored.contains(webhook)) {
        throw wrong(
            key,
            "the webhook "
                + webhook
                + " is masked, and the server has none in its place; give the URL itself.");
      }
    }
    values(key, entries);
  }

  private static void values(String key, JsonNode entries) {
    ArrayNode others = Documents.MAPPER.createArrayNode();
    for (JsonNode entry : entries) {
      if (!entry.has("connection")) {
        others.add(entry);
      }
    }
    try {
      ActionRules.check(OUTCOMES.getOrDefault(key, key), actions(others, Map.of()));
    } catch (ApiException e) {
      throw wrong(key, String.valueOf(e.getMessage()));
    }
  }

  private static ConfigException wrong(String key, String sentence) {
    return new ConfigException("workspace_file", key + ": " + sentence);
  }
}
