package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the changes of a plan, one call after the other, in order. Safe to repeat. */
final class WorkspaceApply {
  private final WorkspaceApi api;
  private final Consumer<Step> done;
  private final Consumer<String> warning;

  WorkspaceApply(WorkspaceApi api, Consumer<Step> done, Consumer<String> warning) {
    this.api = api;
    this.done = done;
    this.warning = warning;
  }

  void run(List<Step> steps) throws InterruptedException {
    for (Step step : steps) {
      try {
        run(step);
      } catch (ConfigException e) {
        throw new ConfigException(
            e.code(), step.text() + ": " + e.userMessage(), e.internalMessage(), e);
      }
      done.accept(step);
    }
  }

  private void run(Step step) throws InterruptedException {
    switch (step) {
      case Step.ChangeWorkspace change -> {
        ObjectNode body = api.body();
        change.keys().forEach(key -> body.set(key, change.entry().get(key)));
        api.call("/workspaces/update", body);
      }
      case Step.AddTag tag ->
          api.call("/tags/create", api.body().put("name", tag.name()).put("color", tag.color()));
      case Step.PutActor put -> putActor(put);
      case Step.PutConnection put -> putConnection(put);
      case Step.PutActions put -> putActions(put);
      case Step.Delete delete ->
          api.call(
              "/" + delete.kind() + "s/delete",
              Documents.empty().put(delete.kind() + "Id", delete.id()));
    }
  }

  private void putActor(Step.PutActor put) throws InterruptedException {
    String side = put.side().label();
    ObjectNode body = Documents.empty().put("name", put.entry().path("name").asText());
    JsonNode config = put.entry().path("config");
    body.set("connectionConfiguration", config.isObject() ? config : Documents.empty());
    if (put.id() != null) {
      api.call("/" + side + "s/update", body.put(side + "Id", put.id()));
      return;
    }
    body.put("workspaceId", api.id());
    String connector = put.entry().path("connector").asText();
    body.put(side + "DefinitionId", WorkspaceApi.definition(api.connectors(put.side()), connector));
    api.call("/" + side + "s/create", body);
  }

  private void putConnection(Step.PutConnection put) throws InterruptedException {
    ObjectNode entry = put.entry();
    ObjectNode body = Documents.empty().put("name", entry.path("name").asText());
    fields(entry, body);
    String source = id(Side.SOURCE, entry.path("source").asText());
    if (put.id() == null) {
      body.put("sourceId", source);
      body.put("destinationId", id(Side.DESTINATION, entry.path("destination").asText()));
      if (!body.has("status")) {
        body.put("status", "active");
      }
      streams(entry, source, body);
      warn(api.call("/connections/create", body));
      return;
    }
    if (put.keys().contains("streams")) {
      streams(entry, source, body);
    }
    warn(api.call("/connections/update", body.put("connectionId", put.id())));
  }

  private void putActions(Step.PutActions put) throws InterruptedException {
    Map<String, String> ids = new HashMap<>();
    api.connections().forEach((name, one) -> ids.put(name, one.path("connectionId").asText()));
    ObjectNode body = Documents.empty().put("connectionId", ids.get(put.connection()));
    ActionEntries.OUTCOMES.forEach(
        (key, member) -> {
          if (put.keys().contains(key)) {
            body.set(member, ActionEntries.actions(put.entry().path(key), ids));
          }
        });
    api.call("/connections/actions/update", body);
  }

  private void warn(JsonNode connection) {
    connection
        .path("warnings")
        .forEach(one -> warning.accept(connection.path("name").asText() + ": " + one.asText()));
  }

  private void fields(ObjectNode entry, ObjectNode body) throws InterruptedException {
    for (String key : List.of("status", "prefix")) {
      if (entry.has(key)) {
        body.set(key, entry.get(key));
      }
    }
    if (entry.has("schedule")) {
      ScheduleEntry.into(body, entry.get("schedule"));
    }
    if (entry.has("namespace")) {
      String rule = entry.path("namespace").asText();
      boolean named = rule.equals("source") || rule.equals("destination");
      body.put("namespaceDefinition", named ? rule : "customformat");
      if (!named) {
        body.put("namespaceFormat", rule);
      }
    }
    if (entry.get("settings") instanceof ObjectNode settings) {
      WorkspaceExport.SETTINGS.forEach(
          key -> {
            if (settings.has(key)) {
              body.set(key, settings.get(key));
            }
          });
    }
    if (entry.has("tags")) {
      ArrayNode tags = body.putArray("tags");
      Map<String, JsonNode> known = api.tags();
      for (JsonNode name : entry.path("tags")) {
        JsonNode tag = known.get(name.asText());
        if (tag == null) {
          throw new ConfigException(
              "workspace_file",
              "There is no tag \"" + name.asText() + "\"; name it under tags, with its color.");
        }
        tags.add(tag);
      }
    }
  }

  private void streams(ObjectNode entry, String source, ObjectNode body)
      throws InterruptedException {
    JsonNode found =
        api.call("/sources/discover_schema", Documents.empty().put("sourceId", source));
    if (!found.has("catalog")) {
      throw new ConfigException(
          "discover_failed",
          "The streams of "
              + entry.path("source").asText()
              + " cannot be found: "
              + found.path("jobInfo").path("failureReason").path("externalMessage").asText("")
              + " Check the source.");
    }
    JsonNode discovered = found.path("catalog").path("streams");
    ArrayNode streams = body.putObject("syncCatalog").putArray("streams");
    for (JsonNode wanted : entry.path("streams")) {
      streams.add(StreamEntries.configured(wanted, pick(wanted, discovered, entry)));
    }
    body.set("sourceCatalogId", found.path("catalogId"));
  }

  private static ObjectNode pick(JsonNode wanted, JsonNode discovered, ObjectNode entry) {
    ObjectNode picked = null;
    for (JsonNode one : discovered) {
      if (StreamEntries.names(wanted, one) && one instanceof ObjectNode stream) {
        if (picked != null) {
          throw new ConfigException(
              "workspace_file",
              "Stream "
                  + wanted.path("name").asText()
                  + " is in several namespaces of "
                  + entry.path("source").asText()
                  + "; say which.");
        }
        picked = stream;
      }
    }
    if (picked == null) {
      throw new ConfigException(
          "workspace_file",
          "The source "
              + entry.path("source").asText()
              + " has no stream "
              + wanted.path("name").asText()
              + ".");
    }
    return picked;
  }

  private String id(Side side, String name) throws InterruptedException {
    JsonNode actor = api.actors(side).get(name);
    if (actor == null) {
      throw new ConfigException(
          "workspace_file", "There is no " + side.label() + " named \"" + name + "\".");
    }
    return actor.path(side.label() + "Id").asText();
  }
}
