package io.millrace.server.webbackend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.util.List;

/** The web backend's calls about mappers. */
public final class MapperEndpoints {
  private final ConnectionService connections;

  /** Makes the endpoints of the service. */
  public MapperEndpoints(ConnectionService connections) {
    this.connections = connections;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(
            Access.READ,
            "/web_backend/mappers/validate",
            call -> answer(call, connections::previewMappers))
        .config(Access.EDIT, "/web_backend/mappers/compare", call -> answer(call, this::compare));
  }

  /** For those who may set a key: they learn no more than whether setting it changes it. */
  private ObjectNode compare(ConnectionId id, StreamName stream, List<ObjectNode> mappers) {
    return Documents.empty().put("same", connections.sameMappers(id, stream, mappers));
  }

  private interface Question {
    ObjectNode answer(ConnectionId id, StreamName stream, List<ObjectNode> mappers);
  }

  private static Answer answer(Call call, Question question) {
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
    return Answer.ok(question.answer(id, wanted, mappers));
  }
}
