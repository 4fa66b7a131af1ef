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
   * Restores what an answer of {@code /audit/get} holds.
   *
   * @throws ConfigException when it is no version that can be put back
   */
  void run(JsonNode change) throws InterruptedException {
    String kind = change.path("entity").asText();
    if (change.path("action").asText().equals("delete")) {
      throw new ConfigException(
          "restore",
          "Change "
              + change.path("changeId")
              + " deleted the "
              + kind
              + "; what is deleted cannot be put back, make it anew ("
              + "millrace audit show "
              + change.path("changeId")
              + " --json has its last version).");
    }
    switch (kind) {
      case "source", "destination" -> actor(kind, change);
      case "connection" -> connection(change);
      default ->
          throw new ConfigException(
              "restore",
              "A " + kind + " cannot be put back; a source, a destination and a connection can.");
    }
  }

  private void actor(String side, JsonNode change) throws InterruptedException {
    JsonNode version = change.path("version");
    ObjectNode body =
        Documents.empty()
            .put(side + "Id", change.path("entityId").asText())
            .put("name", version.path("name").asText());
    body.set("connectionConfiguration", version.path("configuration"));
    if (version.has("resourceAllocation")) {
      body.set("resourceAllocation", version.get("resourceAllocation"));
    }
    client.post("/" + side + "s/update", body);
  }

  private void connection(JsonNode change) throws InterruptedException {
    JsonNode version = change.path("version");
    ObjectNode body = Documents.empty().put("connectionId", change.path("entityId").asText());
    copy(version, CONNECTION, body);
    if (!version.path("scheduleData").isEmpty()) {
      body.set("scheduleData", version.get("scheduleData"));
    }
    copy(version.path("details"), DETAILS, body);
    if (version.has("streams")) {
      body.set("syncCatalog", streams(change.path("entityId").asText(), version.get("streams")));
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
