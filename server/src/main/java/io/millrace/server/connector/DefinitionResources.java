package io.millrace.server.connector;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Mistake;
import io.millrace.server.http.PublicPage;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConnectorDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Connectors on the public API. */
final class DefinitionResources {
  private final Database database;
  private final Definitions definitions;
  private final DefinitionJson json;

  DefinitionResources(Database database, Definitions definitions, DefinitionJson json) {
    this.database = database;
    this.definitions = definitions;
    this.json = json;
  }

  void addTo(Routes routes) {
    for (Side side : Side.values()) {
      String all = "/workspaces/{workspaceId}/definitions/" + side.label() + "s";
      String one = all + "/{definitionId}";
      routes
          .resource(Access.READ, Method.GET, all, call -> list(call, side))
          .resource(Access.EDIT, Method.POST, all, call -> refuse())
          .resource(Access.READ, Method.GET, one, call -> Answer.ok(json.publicly(of(call, side))))
          .resource(Access.EDIT, Method.PUT, one, call -> update(call, side))
          .resource(Access.EDIT, Method.DELETE, one, call -> delete(call, side));
    }
    String declarative = "/workspaces/{workspaceId}/definitions/declarative_sources";
    routes
        .resource(Access.READ, Method.GET, declarative, this::declarative)
        .resource(Access.EDIT, Method.POST, declarative, call -> refuse())
        .resource(Access.READ, Method.GET, "/connector_definitions", this::connectors);
  }

  private Answer list(Call call, Side side) {
    PublicPage page = page(call);
    known(call);
    return page.answer(call, page.cut(definitions.on(side)).stream().map(json::publicly).toList());
  }

  private Answer declarative(Call call) {
    PublicPage page = page(call);
    known(call);
    return page.answer(call, List.of());
  }

  private static PublicPage page(Call call) {
    Query query = call.parameters();
    PublicPage page = PublicPage.of(query);
    query.check();
    return page;
  }

  private Answer update(Call call, Side side) {
    ConnectorDefinition<?> connector = of(call, side);
    Body body = call.body();
    String tag = body.text("dockerImageTag");
    body.text("name");
    body.check();
    DefinitionEndpoints.refuseOtherVersion(tag, definitions.version());
    return Answer.ok(json.publicly(connector));
  }

  private Answer delete(Call call, Side side) {
    of(call, side);
    throw DefinitionEndpoints.removalRefused();
  }

  private Answer connectors(Call call) {
    Query query = call.parameters();
    query.ids("workspaceId");
    query.check();
    String type = String.valueOf(call.query("type"));
    Side side =
        List.of(Side.values()).stream()
            .filter(one -> one.label().equals(type.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        List.of(new Mistake("type", call.query("type"), "source or destination"))));
    return Answer.ok(
        Map.of("data", definitions.on(side).stream().map(one -> brief(side, one)).toList()));
  }

  private Object brief(Side side, ConnectorDefinition<?> connector) {
    return Documents.empty()
        .put("id", connector.info().definitionId().toString())
        .put("name", ApiNames.display(connector.info()))
        .put("connectorDefinitionType", side.label())
        .put("version", definitions.version());
  }

  /** Refuses a workspace that there is not. */
  private void known(Call call) {
    WorkspaceId workspace = new WorkspaceId(call.pathId("workspaceId"));
    database.read(tx -> new WorkspaceStore().get(tx, workspace));
  }

  private ConnectorDefinition<?> of(Call call, Side side) {
    known(call);
    return definitions.get(side, call.pathId("definitionId"));
  }

  private static Answer refuse() {
    throw DefinitionEndpoints.customRefused();
  }
}
