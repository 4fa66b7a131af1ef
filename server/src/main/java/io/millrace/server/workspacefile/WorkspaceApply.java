package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.server.output.Humans;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
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
    int made = 0;
    for (Step step : steps) {
      try {
        run(step);
      } catch (ConfigException e) {
        String sentence = stopped(step, e, made, steps.size());
        throw new ConfigException(e.code(), sentence, e.internalMessage(), e);
      } catch (TransientException e) {
        String sentence = stopped(step, e, made, steps.size());
        throw new TransientException(e.code(), sentence, e.internalMessage(), e);
      }
      made++;
      done.accept(step);
    }
  }

  private static String stopped(Step step, ConnectorException why, int made, int all) {
    String sentence = step.text() + ": " + why.userMessage() + " ";
    if (made == 0) {
      // Of a call that broke off nobody knows whether it was made.
      return sentence
          + (why instanceof ConfigException
              ? "Nothing was changed."
              : "Apply the file again to go on.");
    }
    return sentence
        + made
        + " of "
        + Humans.plural(all, "change")
        + (made == 1 ? " was made before that and stays" : " were made before that and stay")
        + "; apply the file again to go on.";
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
    ObjectNode body = ConnectionBody.of(entry);
    tags(entry, body);
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

  private void tags(ObjectNode entry, ObjectNode body) throws InterruptedException {
    if (!entry.has("tags")) {
      return;
    }
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

  private void streams(ObjectNode entry, String source, ObjectNode body)
      throws InterruptedException {
    String name = entry.path("source").asText();
    SourceLooks looks = new SourceLooks(api);
    looks.stored(name, source);
    JsonNode found = looks.ask(name);
    ConnectionBody.addStreams(
        body,
        entry,
        found.path("catalog").path("streams"),
        missing -> {
          throw missing;
        });
    body.set("sourceCatalogId", found.path("catalogId"));
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
