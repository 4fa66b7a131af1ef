package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.DefinitionJson;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConnectorDefinition;
import java.util.UUID;
import java.util.function.Function;

/** Sources, or destinations, on the Config API. */
final class ActorEndpoints {
  private static final String CONFIGURATION = "connectionConfiguration";

  private final Side side;
  private final Database database;
  private final Actors actors;
  private final Definitions definitions;
  private final Configurations configurations;
  private final ActorJson json;
  private final ActorList lists;
  private final ActorStore store = new ActorStore();

  ActorEndpoints(
      Side side,
      Database database,
      Actors actors,
      Definitions definitions,
      Configurations configurations) {
    this.side = side;
    this.database = database;
    this.actors = actors;
    this.definitions = definitions;
    this.configurations = configurations;
    this.json = new ActorJson(definitions, configurations);
    this.lists = new ActorList(side, database, json);
  }

  void addTo(Routes routes, DefinitionJson definitionJson) {
    String base = "/" + side.label() + "s";
    routes
        .config(Access.EDIT, base + "/create", this::create)
        .config(Access.EDIT, base + "/update", this::update)
        .config(Access.EDIT, base + "/partial_update", this::updatePart)
        .config(Access.EDIT, base + "/compare", this::compare)
        .config(Access.EDIT, base + "/validate", this::validate)
        .config(Access.EDIT, base + "/clone", this::copy)
        .config(Access.EDIT, base + "/delete", this::delete)
        .config(Access.EDIT, base + "/restore", this::restore)
        .config(Access.EDIT, base + "/upgrade_version", this::upgrade)
        .config(Access.READ, base + "/get", this::get)
        .config(Access.READ, base + "/get_with_metadata", this::getWithMetadata)
        .config(Access.READ, base + "/list", lists::list)
        .config(Access.READ, base + "/list_paginated", lists::listPaginated)
        .config(Access.READ, base + "/search", lists::search)
        .config(
            Access.READ,
            "/" + side.label() + "_definition_specifications/get_for_" + side.label(),
            call -> of(call, definitionJson::specification))
        .config(
            Access.READ,
            "/actor_definition_versions/get_for_" + side.label(),
            call -> of(call, definitionJson::version));
  }

  private Answer create(Call call) {
    Body body = call.body();
    UUID definition = body.id(side.label() + "DefinitionId");
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    String name = Names.read(body, "name");
    ObjectNode values = body.object(CONFIGURATION).json();
    ObjectNode details = details(Documents.empty(), body);
    body.check();
    ConnectorDefinition<?> connector = definitions.get(side, definition);
    ObjectNode accepted =
        configurations.accept(new Configurations.Given(connector, values, CONFIGURATION));
    return answer(
        actors.create(
            side, workspace, definition, new Actors.Draft(name, accepted, details), call.caller()));
  }

  private Answer update(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    String name = Names.read(body, "name");
    ObjectNode values = body.object(CONFIGURATION).json();
    details(Documents.empty(), body);
    body.check();
    Configurations.Given given = given(id, values);
    return answer(
        actors.update(
            side,
            id,
            old ->
                new Actors.Draft(
                    name,
                    configurations.accept(given, old.configuration()),
                    details(old.details(), body)),
            call.caller()));
  }

  private Answer updatePart(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    String name = Names.readOrNull(body, "name");
    Body values = body.objectOrNull(CONFIGURATION);
    details(Documents.empty(), body);
    body.check();
    Configurations.Given given = given(id, values == null ? Documents.empty() : values.json());
    return answer(
        actors.update(
            side,
            id,
            old ->
                new Actors.Draft(
                    name == null ? old.name() : name,
                    values == null
                        ? old.configuration()
                        : configurations.acceptPart(given, old.configuration()),
                    details(old.details(), body)),
            call.caller()));
  }

  /** For those who may set a secret: they learn no more than whether setting it changes it. */
  private Answer compare(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    ObjectNode values = body.object(CONFIGURATION).json();
    body.check();
    boolean same = configurations.same(given(id, values), actors.get(side, id).configuration());
    return Answer.ok(Documents.empty().put("same", same));
  }

  private Answer validate(Call call) {
    Body body = call.body();
    UUID definition = body.id(side.label() + "DefinitionId");
    UUID id = body.idOrNull(side.label() + "Id");
    ObjectNode values = body.object(CONFIGURATION).json();
    body.idOrNull("workspaceId");
    Names.readOrNull(body, "name");
    body.check();
    ConnectorDefinition<?> connector = definitions.get(side, definition);
    configurations.accept(
        new Configurations.Given(connector, values, CONFIGURATION), actors.storedFor(side, id));
    return Answer.none();
  }

  private Answer copy(Call call) {
    Body body = call.body();
    ActorId id = new ActorId(body.id(side.label() + "CloneId"));
    Body changes = body.objectOrNull(side.label() + "Configuration");
    String name = changes == null ? null : Names.readOrNull(changes, "name");
    Body values = changes == null ? null : changes.objectOrNull(CONFIGURATION);
    body.check();
    Actor original = actors.get(side, id);
    ObjectNode configuration =
        values == null
            ? original.configuration()
            : configurations.acceptPart(given(id, values.json()), original.configuration());
    return answer(actors.copy(original, name, configuration, call.caller()));
  }

  private Answer delete(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    body.check();
    actors.delete(side, id, call.caller());
    return Answer.none();
  }

  /** Takes a deletion back; the configuration was forgotten by it, so it is given again. */
  private Answer restore(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    String name = body.text("name");
    ObjectNode values = body.object(CONFIGURATION).json();
    details(Documents.empty(), body);
    body.check();
    Actor old = database.read(tx -> actors.deleted(tx, side, id));
    ConnectorDefinition<?> connector = definitions.get(side, old.definition());
    ObjectNode accepted =
        configurations.accept(new Configurations.Given(connector, values, CONFIGURATION));
    ObjectNode details = details(old.details().deepCopy(), body);
    return answer(
        actors.restore(side, id, new Actors.Draft(name, accepted, details), call.caller()));
  }

  /** Connectors have the program's version, so there is nothing to upgrade. */
  private Answer upgrade(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    body.check();
    actors.get(side, id);
    return Answer.none();
  }

  private Answer get(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    body.check();
    return answer(actors.get(side, id));
  }

  private Answer getWithMetadata(Call call) {
    Body body = call.body();
    ActorId id = id(body);
    body.check();
    return Answer.ok(
        database.read(
            tx -> {
              Actor actor = actors.get(tx, side, id);
              ObjectNode answer = json.config(actor, store.use(tx, actor));
              String workspace =
                  new WorkspaceStore()
                      .find(tx, actor.workspace())
                      .map(one -> one.name())
                      .orElse("");
              answer.putObject("metadata").put("workspaceName", workspace);
              return answer;
            }));
  }

  private Answer of(Call call, Function<ConnectorDefinition<?>, ObjectNode> answer) {
    Body body = call.body();
    ActorId id = id(body);
    body.check();
    Actor actor = actors.get(side, id);
    return Answer.ok(answer.apply(definitions.get(side, actor.definition())));
  }

  private Answer answer(Actor actor) {
    ActorUse use = database.read(tx -> store.use(tx, actor));
    return Answer.ok(json.warned(actor, json.config(actor, use)));
  }

  private Configurations.Given given(ActorId id, ObjectNode values) {
    ConnectorDefinition<?> connector = definitions.get(side, actors.get(side, id).definition());
    return new Configurations.Given(connector, values, CONFIGURATION);
  }

  private ActorId id(Body body) {
    return new ActorId(body.id(side.label() + "Id"));
  }

  /** Returns the details with the resource allocation of a request in its place. */
  static ObjectNode details(ObjectNode old, Body body) {
    Body allocation = body.objectOrNull(ActorJson.ALLOCATION);
    if (allocation != null) {
      old.set(ActorJson.ALLOCATION, ResourceFields.readScoped(allocation));
    }
    return old;
  }
}
