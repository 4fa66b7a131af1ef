package io.millrace.server.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.spi.ConnectorDefinition;
import java.util.Map;
import java.util.UUID;

/** Versions and documentation of connectors on the Config API. */
final class VersionEndpoints {
  private final Definitions definitions;
  private final DefinitionJson json;

  VersionEndpoints(Definitions definitions, DefinitionJson json) {
    this.definitions = definitions;
    this.json = json;
  }

  void addTo(Routes routes) {
    routes
        .config(Access.READ, "/actor_definition_versions/get_default", this::byDefault)
        .config(Access.READ, "/actor_definition_versions/resolve", this::resolve)
        .config(Access.READ, "/connector_documentation/get", this::documentation);
  }

  private Answer byDefault(Call call) {
    Body body = call.body();
    UUID id = body.id("actorDefinitionId");
    body.check();
    ConnectorDefinition<?> connector =
        definitions
            .find(Side.SOURCE, id)
            .or(() -> definitions.find(Side.DESTINATION, id))
            .orElseThrow(() -> ApiException.notFound("connector definition", id));
    return Answer.ok(json.version(connector));
  }

  private Answer resolve(Call call) {
    Body body = call.body();
    UUID id = body.id("actorDefinitionId");
    Side side = body.choice("actorType", Side.class);
    String tag = body.text("dockerImageTag");
    body.check();
    ConnectorDefinition<?> connector = definitions.get(side, id);
    DefinitionEndpoints.refuseOtherVersion(tag, definitions.version());
    ObjectNode version = json.version(connector);
    ObjectNode answer = version.objectNode().put("versionId", id.toString());
    answer.set("dockerRepository", version.get("dockerRepository"));
    return Answer.ok(
        answer
            .put("dockerImageTag", tag)
            .put("supportRefreshes", true)
            .put("supportFileTransfer", false)
            .put("supportDataActivation", false));
  }

  private Answer documentation(Call call) {
    Body body = call.body();
    Side side = body.choice("actorType", Side.class);
    UUID id = body.id("actorDefinitionId");
    body.idOrNull("workspaceId");
    body.idOrNull("actorId");
    body.check();
    return Answer.ok(Map.of("doc", ConnectorDocs.of(definitions.get(side, id))));
  }
}
