package io.millrace.server.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConnectorDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The connectors of one side and their specifications on the Config API. */
final class DefinitionEndpoints {
  private enum Scope {
    WORKSPACE,
    ORGANIZATION
  }

  private final Side side;
  private final Database database;
  private final Definitions definitions;
  private final DefinitionJson json;
  private final UsedDefinitions used;

  DefinitionEndpoints(
      Side side,
      Database database,
      Definitions definitions,
      DefinitionJson json,
      UsedDefinitions used) {
    this.side = side;
    this.database = database;
    this.definitions = definitions;
    this.json = json;
    this.used = used;
  }

  void addTo(Routes routes) {
    String base = "/" + side.label() + "_definitions";
    routes
        .config(Access.READ, base + "/list", call -> list(definitions.on(side)))
        .config(Access.READ, base + "/list_latest", call -> list(definitions.on(side)))
        .config(Access.READ, base + "/list_for_workspace", this::listForWorkspace)
        .config(Access.READ, base + "/get", call -> get(call, idName()))
        .config(Access.READ, base + "/get_for_workspace", call -> get(call, idName()))
        .config(Access.READ, base + "/get_for_scope", call -> get(call, "actorDefinitionId"))
        .config(Access.READ, base + "/list_enterprise_stubs_for_workspace", call -> noStubs())
        .config(Access.EDIT, base + "/create", call -> refuseCustom())
        .config(Access.EDIT, base + "/create_custom", call -> refuseCustom())
        .config(Access.EDIT, base + "/update", this::update)
        .config(Access.EDIT, base + "/delete", this::delete)
        .config(
            Access.READ,
            "/" + side.label() + "_definition_specifications/get",
            this::specification);
    if (side == Side.SOURCE) {
      routes.config(Access.READ, base + "/list_enterprise_source_stubs", call -> noStubs());
    }
  }

  /** Returns why there are no connectors but those of the program. */
  static ApiException customRefused() {
    return new ApiException(
        Fault.UNPROCESSABLE,
        "Connectors cannot be added as images here: this server runs no containers. Use one of the"
            + " connectors that it lists.");
  }

  /** Returns why a connector cannot be removed. */
  static ApiException removalRefused() {
    return new ApiException(
        Fault.UNPROCESSABLE,
        "The connectors belong to the program and cannot be removed; delete the sources or"
            + " destinations that use this one.");
  }

  /**
   * Refuses another version than the program's.
   *
   * @throws ApiException 422
   */
  static void refuseOtherVersion(String wanted, String version) {
    if (!wanted.equals(version)) {
      throw new ApiException(
          Fault.UNPROCESSABLE,
          "The connectors have the program's version, "
              + version
              + "; another one comes with another version of the program.");
    }
  }

  private Answer list(List<ConnectorDefinition<?>> connectors) {
    return Answer.ok(
        Map.of(side.label() + "Definitions", connectors.stream().map(json::config).toList()));
  }

  private Answer listForWorkspace(Call call) {
    Body body = call.body();
    UUID workspace = body.id("workspaceId");
    body.flag("includeTombstone", false);
    boolean onlyUsed = body.flag("filterByUsed", false);
    body.check();
    Set<UUID> ids =
        database.read(
            tx -> {
              new WorkspaceStore().get(tx, new WorkspaceId(workspace));
              return used.in(tx, side, workspace);
            });
    if (!onlyUsed) {
      return list(definitions.on(side));
    }
    return list(
        definitions.on(side).stream()
            .filter(one -> ids.contains(one.info().definitionId()))
            .toList());
  }

  private Answer get(Call call, String name) {
    Body body = call.body();
    UUID id = body.id(name);
    body.idOrNull("workspaceId");
    body.idOrNull("scopeId");
    body.choiceOrNull("scopeType", Scope.class);
    body.check();
    return Answer.ok(json.config(definitions.get(side, id)));
  }

  private Answer specification(Call call) {
    Body body = call.body();
    UUID id = body.id(idName());
    body.idOrNull("workspaceId");
    body.check();
    return Answer.ok(json.specification(definitions.get(side, id)));
  }

  /** What may be changed of a connector is nothing; what agrees with what it is is no change. */
  private Answer update(Call call) {
    Body body = call.body();
    UUID id = body.id(idName());
    body.idOrNull("workspaceId");
    String tag = body.textOrNull("dockerImageTag");
    body.textOrNull("name");
    body.check();
    ObjectNode found = json.config(definitions.get(side, id));
    if (tag != null) {
      refuseOtherVersion(tag, definitions.version());
    }
    return Answer.ok(found);
  }

  private Answer delete(Call call) {
    Body body = call.body();
    UUID id = body.id(idName());
    body.idOrNull("workspaceId");
    body.check();
    definitions.get(side, id);
    throw removalRefused();
  }

  private static Answer refuseCustom() {
    throw customRefused();
  }

  private static Answer noStubs() {
    return Answer.ok(Map.of("enterpriseConnectorStubs", List.of()));
  }

  private String idName() {
    return side.label() + "DefinitionId";
  }
}
