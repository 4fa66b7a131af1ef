package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.ApiNames;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Names;
import io.millrace.server.http.PublicPage;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConnectorDefinition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sources, or destinations, on the public API. */
final class ActorResources {
  private static final String CONFIGURATION = "configuration";

  private final Side side;
  private final Database database;
  private final Actors actors;
  private final Definitions definitions;
  private final Configurations configurations;
  private final ActorJson json;
  private final ActorStore store = new ActorStore();

  ActorResources(
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
  }

  void addTo(Routes routes) {
    String all = "/" + side.label() + "s";
    String one = all + "/{id}";
    routes
        .resource(Access.READ, Method.GET, all, this::list)
        .resource(Access.EDIT, Method.POST, all, this::create)
        .resource(Access.READ, Method.GET, one, this::get)
        .resource(Access.EDIT, Method.PUT, one, this::put)
        .resource(Access.EDIT, Method.PATCH, one, this::patch)
        .resource(Access.EDIT, Method.DELETE, one, this::delete);
  }

  private Answer list(Call call) {
    Query query = call.parameters();
    PublicPage page = PublicPage.of(query);
    List<WorkspaceId> workspaces =
        query.ids("workspaceIds").stream().map(WorkspaceId::new).toList();
    boolean deleted = query.flag("includeDeleted");
    query.check();
    List<Actor> found =
        database.read(
            tx -> {
              new WorkspaceStore().refuseUnknown(tx, workspaces, deleted);
              return store.page(tx, side, workspaces, deleted, page.fetch(), page.offset());
            });
    return page.answer(call, found.stream().map(json::publicly).toList());
  }

  private Answer create(Call call) {
    Body body = call.body();
    String name = Names.read(body, "name");
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    UUID definition = body.idOrNull("definitionId");
    Body configuration = body.object(CONFIGURATION);
    String type = configuration.textOrNull(ActorJson.typeKey(side));
    ObjectNode details = ActorEndpoints.details(Documents.empty(), body);
    if (definition == null && !configuration.has(ActorJson.typeKey(side))) {
      body.wrong("definitionId", "a UUID, or the connector's name in " + typePath());
    }
    body.check();
    ConnectorDefinition<?> connector = connector(definition, type);
    refuseOther(configuration, connector);
    ObjectNode accepted =
        configurations.accept(
            new Configurations.Given(connector, values(configuration), CONFIGURATION));
    return answer(
        actors.create(
            side,
            workspace,
            connector.info().definitionId(),
            new Actors.Draft(name, accepted, details),
            call.caller()));
  }

  private Answer get(Call call) {
    return answer(actors.get(side, id(call)));
  }

  private Answer put(Call call) {
    Body body = call.body();
    ActorId id = id(call);
    String name = Names.read(body, "name");
    Body configuration = body.object(CONFIGURATION);
    ActorEndpoints.details(Documents.empty(), body);
    body.check();
    Configurations.Given given = given(id, configuration);
    return answer(
        actors.update(
            side,
            id,
            old ->
                new Actors.Draft(
                    name,
                    configurations.accept(given, old.configuration()),
                    ActorEndpoints.details(old.details(), body)),
            call.caller()));
  }

  private Answer patch(Call call) {
    Body body = call.body();
    ActorId id = id(call);
    String name = Names.readOrNull(body, "name");
    Body configuration = body.objectOrNull(CONFIGURATION);
    ActorEndpoints.details(Documents.empty(), body);
    body.check();
    Configurations.Given given =
        given(id, configuration == null ? Body.of(Documents.empty()) : configuration);
    return answer(
        actors.update(
            side,
            id,
            old ->
                new Actors.Draft(
                    name == null ? old.name() : name,
                    configuration == null
                        ? old.configuration()
                        : configurations.acceptPart(given, old.configuration()),
                    ActorEndpoints.details(old.details(), body)),
            call.caller()));
  }

  private Answer delete(Call call) {
    actors.delete(side, id(call), call.caller());
    return Answer.none();
  }

  private ConnectorDefinition<?> connector(@Nullable UUID definition, @Nullable String type) {
    if (definition != null) {
      return definitions.get(side, definition);
    }
    return definitions.byBriefName(side, type == null ? "" : type);
  }

  private Configurations.Given given(ActorId id, Body configuration) {
    ConnectorDefinition<?> connector = definitions.get(side, actors.get(side, id).definition());
    refuseOther(configuration, connector);
    return new Configurations.Given(connector, values(configuration), CONFIGURATION);
  }

  /** The connector of a source or destination is for its life. */
  private void refuseOther(Body configuration, ConnectorDefinition<?> connector) {
    String type = configuration.textOrNull(ActorJson.typeKey(side));
    String own = ApiNames.brief(connector);
    if (type != null && !type.equals(own)) {
      configuration.wrong(
          ActorJson.typeKey(side),
          own + ", the connector of this " + side.label() + "; make another one for another");
    }
    configuration.check();
  }

  /** The type within a configuration says which connector it is for, and is no option of it. */
  private ObjectNode values(Body configuration) {
    ObjectNode values = configuration.json().deepCopy();
    values.remove(ActorJson.typeKey(side));
    return values;
  }

  private String typePath() {
    return CONFIGURATION + "." + ActorJson.typeKey(side);
  }

  private Answer answer(Actor actor) {
    return Answer.ok(json.warned(actor, json.publicly(actor)));
  }

  private static ActorId id(Call call) {
    return new ActorId(call.pathId("id"));
  }
}
