package io.millrace.server.connection.api;

import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.schema.CatalogDiffJson;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connection.schema.SchemaDiff;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Compares two catalogs of a source. */
public final class CatalogDiffEndpoints {
  private final Database database;
  private final CatalogSource catalogs;
  private final SchemaChangeCheck schemas;
  private final ConnectionStore connections = new ConnectionStore();

  /** Makes the endpoint. */
  public CatalogDiffEndpoints(
      Database database, CatalogSource catalogs, SchemaChangeCheck schemas) {
    this.database = database;
    this.catalogs = catalogs;
    this.schemas = schemas;
  }

  /** Adds the route. */
  public void addTo(Routes routes) {
    routes.config(Access.READ, "/catalogs/diff", this::diff);
  }

  private Answer diff(Call call) {
    Body body = call.body();
    UUID current = body.id("currentCatalogId");
    UUID fresh = body.id("newCatalogId");
    @Nullable UUID connection = body.idOrNull("connectionId");
    boolean persist = body.flag("persistChanges", false);
    if (persist && connection == null) {
      body.wrong("connectionId", "a UUID, where persistChanges is true");
    }
    body.check();
    if (persist && !call.caller().may(Access.EDIT)) {
      throw new ApiException(Fault.FORBIDDEN, "Your role does not allow to persist changes.");
    }
    return Answer.ok(
        persist && connection != null
            ? persisted(new ConnectionId(connection), fresh)
            : compared(current, fresh, connection));
  }

  private Map<String, Object> persisted(ConnectionId connection, UUID fresh) {
    return database.write(tx -> answer(schemas.apply(tx, connection, find(tx, fresh)).diff()));
  }

  private Map<String, Object> compared(UUID current, UUID fresh, @Nullable UUID connection) {
    return database.read(
        tx -> {
          CatalogSource.Found old = find(tx, current);
          List<ConnectionStream> configured =
              connection == null
                  ? old.streams().stream()
                      .map(
                          stream ->
                              new ConnectionStream(
                                  StreamJson.name(stream),
                                  true,
                                  stream,
                                  AirbyteStreams.defaultConfig(stream, true)))
                      .toList()
                  : connections.streams(tx, new ConnectionId(connection));
          return answer(SchemaDiff.between(old.streams(), find(tx, fresh).streams(), configured));
        });
  }

  private CatalogSource.Found find(Handle tx, UUID id) {
    return catalogs.find(tx, id).orElseThrow(() -> ApiException.notFound("catalog", id));
  }

  private static Map<String, Object> answer(SchemaDiff diff) {
    return Map.of(
        "catalogDiff",
        CatalogDiffJson.of(diff),
        "schemaChange",
        diff.breaking() ? "breaking" : diff.isEmpty() ? "no_change" : "non_breaking");
  }
}
