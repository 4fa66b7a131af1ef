package io.millrace.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts a version of the audit trail back, through the API as anybody would. */
final class VersionRestore {
  private static final List<String> CONNECTION =
      List.of("name", "status", "scheduleType", "namespaceDefinition", "namespaceFormat", "prefix");
  private static final List<String> DETAILS =
      List.of(
          "nonBreakingChangesPreference",
          "backfillPreference",
          "notifySchemaChanges",
          "notifySchemaChangesByEmail",
          "resourceRequirements",
          "syncSettings",
          "operationIds");

  private final ApiClient client;
  private final Consumer<String> warning;

  VersionRestore(ApiClient client, Consumer<String> warning) {
    this.client = client;
    this.warning = warning;
  }

  /**
   * Restores what an answer of {@code /audit/get} holds: the version after the change; of a
   * deletion the one before it. What is deleted is there again.
   *
   * @param secrets fields of a source's or destination's configuration, for those that a deletion
   *     made the server forget
   * @throws ConfigException when it is no version that can be put back, or secrets are missing
   */
  void run(JsonNode change, ObjectNode secrets) throws InterruptedException {
    String kind = change.path("entity").asText();
    JsonNode version = change.path(deletes(change) ? "before" : "version");
    if (version.isEmpty()) {
      throw new ConfigException(
          "restore",
          "The version before change " + change.path("changeId") + " is no longer kept.");
    }
    switch (kind) {
      case "source", "destination" -> actor(kind, change.path("entityId"), version, secrets);
      case "connection" -> connection(change.path("entityId"), version);
      case "action" -> actions(change.path("entityId"), version);
      default ->
          throw new ConfigException(
              "restore",
              "A "
                  + kind
                  + " cannot be put back; a source, a destination, a connection and its actions can.");
    }
  }

  private void actions(JsonNode connection, JsonNode version) throws InterruptedException {
    ObjectNode body = Documents.empty();
    body.set("connectionId", connection);
    body.set("afterSuccess", version.path("afterSuccess"));
    body.set("afterFailure", version.path("afterFailure"));
    client.post("/connections/actions/update", body);
  }

  static boolean deletes(JsonNode change) {
    return change.path("action").asText().equals("delete");
  }

  private boolean isDeleted(String kind, String id) throws InterruptedException {
    ObjectNode body = Documents.empty().put("entity", kind).put("entityId", id);
    body.putObject("pagination").put("pageSize", 1);
    return deletes(client.post("/audit/list", body).path("changes").path(0));
  }

  private void actor(String side, JsonNode id, JsonNode version, ObjectNode secrets)
      throws InterruptedException {
    ObjectNode configuration =
        GivenSecrets.merge(version.path("configuration").deepCopy(), secrets);
    boolean deleted = isDeleted(side, id.asText());
    List<String> missing = GivenSecrets.masked(configuration);
    if (deleted && !missing.isEmpty()) {
      throw new ConfigException(
          "restore",
          "The secrets of the "
              + side
              + " \""
              + version.path("name").asText()
              + "\" were forgotten when it was deleted. Give these again, as JSON in a file"
              + " named by --secrets: "
              + String.join(", ", missing)
              + ".");
    }
    ObjectNode body =
        Documents.empty().put(side + "Id", id.asText()).put("name", version.path("name").asText());
    body.set("connectionConfiguration", configuration);
    if (version.has("resourceAllocation")) {
      body.set("resourceAllocation", version.get("resourceAllocation"));
    }
    client.post("/" + side + "s/" + (deleted ? "restore" : "update"), body);
    if (deleted) {
      warning.accept(
          "Connections that were deleted with it are put back one by one: millrace audit list"
              + " --kind connection.");
    }
  }

  private void connection(JsonNode id, JsonNode version) throws InterruptedException {
    ObjectNode body = Documents.empty().put("connectionId", id.asText());
    if (isDeleted("connection", id.asText())) {
      client.post("/connections/restore", body);
    }
    copy(version, CONNECTION, body);
    if (!version.path("scheduleData").isEmpty()) {
      body.set("scheduleData", version.get("scheduleData"));
    }
    copy(version.path("details"), DETAILS, body);
    if (version.has("streams")) {
      body.set("syncCatalog", streams(id.asText(), version.get("streams")));
    }
    client.post("/connections/update", body);
  }

  private ObjectNode streams(String connection, JsonNode wanted) throws InterruptedException {
    Map<String, JsonNode> left = new HashMap<>();
    wanted.forEach(one -> left.put(key(one), one));
    JsonNode now =
        client.post(
            "/web_backend/connections/get", Documents.empty().put("connectionId", connection));
    ObjectNode catalog = Documents.empty();
    ArrayNode streams = catalog.putArray("streams");
    for (JsonNode one : now.path("syncCatalog").path("streams")) {
      JsonNode version = left.remove(key(one.path("stream")));
      if (version instanceof ObjectNode chosen) {
        ObjectNode stream = streams.addObject();
        stream.set("stream", one.path("stream"));
        ObjectNode config = chosen.deepCopy();
        config.remove(List.of("name", "namespace"));
        // A version does not keep what follows from the rest.
        for (String derived : List.of("aliasName", "suggested")) {
          if (one.path("config").hasNonNull(derived)) {
            config.set(derived, one.path("config").get(derived));
          }
        }
        stream.set("config", config.put("selected", true));
      }
    }
    left.keySet()
        .forEach(name -> warning.accept("The source has no stream " + name + " any more."));
    return catalog;
  }

  private static String key(JsonNode stream) {
    String namespace = stream.path("namespace").asText("");
    return (namespace.isEmpty() ? "" : namespace + ".") + stream.path("name").asText();
  }

  private static void copy(JsonNode from, List<String> keys, ObjectNode to) {
    for (String key : keys) {
      if (from.hasNonNull(key)) {
        to.set(key, from.get(key));
      }
    }
  }
}
