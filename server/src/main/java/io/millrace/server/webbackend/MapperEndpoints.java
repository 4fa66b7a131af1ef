package io.millrace.server.webbackend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.spi.StreamName;
import java.util.List;

/** The web backend's call about mappers. */
public final class MapperEndpoints {
  private final ConnectionService connections;

  /** Makes the endpoint of the service. */
  public MapperEndpoints(ConnectionService connections) {
    this.connections = connections;
  }

  /** Adds the route. */
  public void addTo(Routes routes) {
    routes.config(Access.READ, "/web_backend/mappers/validate", this::validate);
  }

  private Answer validate(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    Body stream = body.object("streamDescriptor");
    String name = stream.text("name");
    String namespace = stream.textOrNull("namespace");
    List<ObjectNode> mappers = body.objects("mappers").stream().map(Body::json).toList();
    if (!body.has("mappers")) {
      body.wrong("mappers", "a list of mappers");
    }
    body.check();
    StreamName wanted =
        new StreamName(namespace == null || namespace.isEmpty() ? null : namespace, name);
    return Answer.ok(connections.previewMappers(id, wanted, mappers));
  }
}
