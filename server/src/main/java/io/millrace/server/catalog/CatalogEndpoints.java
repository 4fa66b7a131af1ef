package io.millrace.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Configurations;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.JobReport;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Discovers on the Config API. */
final class CatalogEndpoints {
  private enum Priority {
    HIGH,
    DEFAULT
  }

  private final Database database;
  private final Clock clock;
  private final Actors actors;
  private final Catalogs catalogs;
  private final UnsavedDiscovery unsaved;
  private final Definitions definitions;
  private final SchemaLook look;

  CatalogEndpoints(
      Database database,
      Clock clock,
      Actors actors,
      Catalogs catalogs,
      UnsavedDiscovery unsaved,
      Definitions definitions,
      SchemaLook look) {
    this.database = database;
    this.clock = clock;
    this.actors = actors;
    this.catalogs = catalogs;
    this.unsaved = unsaved;
    this.definitions = definitions;
    this.look = look;
  }

  void addTo(Routes routes) {
    routes
        .config(Access.READ, "/sources/discover_schema", this::discover)
        .config(Access.EDIT, "/scheduler/sources/discover_schema", this::discoverUnsaved)
        .config(Access.READ, "/sources/most_recent_source_actor_catalog", this::newest)
        .config(Access.READ, "/destinations/discover_schema", this::refuse)
        .config(Access.READ, "/destinations/get_catalog_for_connection", call -> noCatalog());
  }

  private Answer discover(Call call) throws InterruptedException {
    Body body = call.body();
    ActorId id = new ActorId(body.id("sourceId"));
    UUID connection = body.idOrNull("connectionId");
    boolean useCache = !body.flag("disable_cache", false);
    body.choiceOrNull("priority", Priority.class);
    body.check();
    if (connection != null) {
      // What has changed may switch it off.
      call.require(Access.EDIT);
    }
    Actor actor = actors.get(Side.SOURCE, id);
    Instant began = clock.instant();
    String configId = actor.definition().toString();
    try {
      Catalogs.Found found = catalogs.find(call.caller(), id, useCache);
      Catalog catalog = found.catalog();
      ObjectNode rest = Documents.empty();
      rest.set(
          "jobInfo",
          found.cached()
              ? JobReport.cached(JobReport.Kind.DISCOVER)
              : report(configId, began, actors.notes(actor)));
      rest.put("catalogId", catalog.id().toString());
      if (connection != null) {
        rest.setAll(look.of(connection, catalog));
      }
      return CatalogWriter.discovered(catalogs.texts(catalog.id()), rest);
    } catch (ConnectorException e) {
      return failed(configId, began, e);
    }
  }

  private Answer discoverUnsaved(Call call) throws InterruptedException {
    Body body = call.body();
    UUID definition = body.id("sourceDefinitionId");
    UUID stored = body.idOrNull("sourceId");
    body.idOrNull("workspaceId");
    Names.readOrNull(body, "name");
    ObjectNode values = body.object("connectionConfiguration").json();
    body.check();
    ConnectorDefinition<?> connector = definitions.get(Side.SOURCE, definition);
    Instant began = clock.instant();
    Configurations.Given given =
        new Configurations.Given(connector, values, "connectionConfiguration");
    try {
      List<String> streams = unsaved.run(given, stored).stream().map(FoundStream::json).toList();
      ObjectNode rest = Documents.empty();
      rest.set("jobInfo", report(definition.toString(), began, List.of()));
      return CatalogWriter.discovered(streams, rest);
    } catch (ConnectorException e) {
      return failed(definition.toString(), began, e);
    }
  }

  private Answer newest(Call call) {
    Body body = call.body();
    ActorId id = new ActorId(body.id("sourceId"));
    body.check();
    Catalog catalog =
        database.read(
            tx -> {
              actors.get(tx, Side.SOURCE, id);
              return catalogs
                  .newest(tx, id)
                  .orElseThrow(() -> ApiException.notFound("catalog of the source", id));
            });
    return CatalogWriter.protocol(catalogs.texts(catalog.id()), catalog.foundAt().getEpochSecond());
  }

  private Answer refuse(Call call) {
    Body body = call.body();
    ActorId id = new ActorId(body.id("destinationId"));
    body.check();
    actors.get(Side.DESTINATION, id);
    throw ApiException.typed(
        Fault.BAD_REQUEST,
        "error:destination/discover-not-supported",
        "Destinations have no streams of their own to choose from here; every stream of the source"
            + " makes a table.",
        Map.of("destinationId", id.toString()));
  }

  private static Answer noCatalog() {
    throw ApiException.typed(
        Fault.NOT_FOUND,
        "error:destination/catalog-not-found",
        "Destinations have no catalogs here.",
        Map.of());
  }

  /** A discover that fails is an answer without a catalog, not an error of the request. */
  private Answer failed(String configId, Instant began, ConnectorException failure) {
    ObjectNode answer = Documents.empty();
    answer.set(
        "jobInfo",
        JobReport.failed(
            report(configId, began, List.of("ERROR " + failure.userMessage())),
            Side.SOURCE,
            failure,
            clock.instant()));
    return Answer.ok(answer);
  }

  private ObjectNode report(String configId, Instant began, List<String> lines) {
    return JobReport.done(JobReport.Kind.DISCOVER, configId, began, clock.instant(), lines);
  }
}
