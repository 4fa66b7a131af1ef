package io.millrace.server.webbackend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.ConnectionTags;
import io.millrace.server.connection.ConnectionView;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.schema.CatalogDiffJson;
import io.millrace.server.connection.schema.SchemaDiff;
import io.millrace.server.connector.Side;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.json.Documents;
import io.millrace.server.operation.OperationService;
import io.millrace.server.store.Database;
import io.millrace.server.tag.Tag;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Puts together what an interface shows of connections. Thread-safe. */
public final class WebConnectionService {
  private final Database database;
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final ConnectionService connections;
  private final CatalogSource catalogs;
  private final OperationService operations;
  private final WebConnectionJson shapes;
  private final ActorStore actors = new ActorStore();
  private final JobStore jobs = new JobStore();
  private final ConnectionTags tags = new ConnectionTags();

  /** Makes the service of a store. */
  public WebConnectionService(
      Database database,
      ConnectionService connections,
      CatalogSource catalogs,
      OperationService operations,
      ActorViews views) {
    this.database = database;
    this.connections = connections;
    this.catalogs = catalogs;
    this.operations = operations;
    this.shapes = new WebConnectionJson(views);
  }

  /**
   * Returns a {@code WebBackendConnectionRead}: the connection's streams, and those that its source
   * has beside them, not selected.
   *
   * @param refresh ask the source what it offers now, and tell how that differs
   */
  ObjectNode get(ConnectionId id, boolean refresh) throws InterruptedException {
    ConnectionView view = connections.get(id);
    if (refresh) {
      CatalogSource.Found found = catalogs.discover(view.connection().source());
      return database.read(tx -> refreshed(tx, view, found));
    }
    return database.read(
        tx -> {
          @Nullable UUID configured = view.connection().catalog();
          List<ObjectNode> known =
              configured == null
                  ? List.of()
                  : catalogs
                      .find(tx, configured)
                      .map(CatalogSource.Found::streams)
                      .orElse(List.of());
          return whole(tx, view, merged(view.streams(), known, false), configured);
        });
  }

  /** Returns a page of the list, with the number of connections on all pages. */
  ObjectNode list(ListRequest request) {
    return database.read(
        tx -> {
          workspaces.get(tx, new WorkspaceId(request.workspace()));
          ConnectionList list = new ConnectionList(request, database.dialect());
          int total = list.total(tx);
          List<ConnectionList.Row> page = list.page(tx);
          ObjectNode json = Documents.empty();
          ArrayNode shown = json.putArray("connections");
          Map<ActorId, Actor> ends = ends(tx, page);
          Map<ConnectionId, List<Tag>> tagged =
              tags.of(tx, page.stream().map(row -> row.connection().id()).toList());
          Map<ActorId, UUID> newest =
              catalogs.newestIds(
                  tx, page.stream().map(row -> row.connection().source()).distinct().toList());
          for (ConnectionList.Row row : page) {
            ConnectionId id = row.connection().id();
            shown.add(
                shapes.listed(row, ends, tagged.getOrDefault(id, List.of()), change(row, newest)));
          }
          return json.put("page_size", request.pageSize()).put("num_connections", total);
        });
  }

  /** Returns how many connections of a workspace are how. */
  ObjectNode counts(UUID workspace) {
    Map<ConnectionHealth, Integer> counts = new EnumMap<>(ConnectionHealth.class);
    counts.putAll(
        database.read(
            tx -> {
              workspaces.get(tx, new WorkspaceId(workspace));
              return ConnectionList.counts(tx, workspace);
            }));
    ObjectNode json = Documents.empty();
    for (ConnectionHealth health : ConnectionHealth.values()) {
      String name = health == ConnectionHealth.NOTSYNCED ? "notSynced" : health.label();
      json.put(name, counts.getOrDefault(health, 0));
    }
    return json;
  }

  private ObjectNode refreshed(Handle tx, ConnectionView view, CatalogSource.Found found) {
    @Nullable UUID configured = view.connection().catalog();
    List<ObjectNode> old =
        configured == null
            ? List.of()
            : catalogs.find(tx, configured).map(CatalogSource.Found::streams).orElse(List.of());
    SchemaDiff diff = SchemaDiff.between(old, found.streams(), view.streams());
    ObjectNode json = whole(tx, view, merged(view.streams(), found.streams(), true), found.id());
    json.set("catalogDiff", CatalogDiffJson.of(diff));
    return json.put(
        "schemaChange",
        diff.breaking() ? "breaking" : diff.isEmpty() ? "no_change" : "non_breaking");
  }

  private ObjectNode whole(
      Handle tx, ConnectionView view, List<ConnectionStream> streams, @Nullable UUID catalog) {
    Connection connection = view.connection();
    Actor source = actors.find(tx, Side.SOURCE, connection.source()).orElseThrow();
    Actor destination = actors.find(tx, Side.DESTINATION, connection.destination()).orElseThrow();
    @Nullable Job newest = jobs.newestSync(tx, connection.id()).orElse(null);
    @Nullable UUID known = catalogs.newestIds(tx, List.of(source.id())).get(source.id());
    ObjectNode json = shapes.whole(view, streams, source, destination);
    ArrayNode shown = json.putArray("operations");
    operations.of(tx, connection).forEach(operation -> shown.add(operation.json()));
    json.put("isSyncing", newest != null && newest.status() == JobStatus.RUNNING);
    if (newest != null) {
      json.put("latestSyncJobCreatedAt", newest.createdAt().getEpochSecond());
      json.put("latestSyncJobStatus", newest.status().label());
    }
    if (catalog != null) {
      json.put("catalogId", catalog.toString());
    }
    return json.put("schemaChange", change(connection, known));
  }

  private Map<ActorId, Actor> ends(Handle tx, List<ConnectionList.Row> page) {
    Set<ActorId> ids = new HashSet<>();
    page.forEach(
        row -> {
          ids.add(row.connection().source());
          ids.add(row.connection().destination());
        });
    return actors.findAll(tx, ids);
  }

  private static String change(ConnectionList.Row row, Map<ActorId, UUID> newest) {
    return change(row.connection(), newest.get(row.connection().source()));
  }

  private static String change(Connection connection, @Nullable UUID newest) {
    if (connection.breakingChange()) {
      return "breaking";
    }
    boolean same =
        newest == null || connection.catalog() == null || newest.equals(connection.catalog());
    return same ? "no_change" : "non_breaking";
  }

  /** Streams of the connection first, in their order, then what else the source has. */
  private static List<ConnectionStream> merged(
      List<ConnectionStream> configured, List<ObjectNode> discovered, boolean fresh) {
    Map<StreamName, ObjectNode> found = new LinkedHashMap<>();
    discovered.forEach(stream -> found.put(StreamJson.name(stream), stream));
    List<ConnectionStream> merged = new ArrayList<>();
    for (ConnectionStream stream : configured) {
      ObjectNode now = found.remove(stream.name());
      if (!fresh) {
        merged.add(stream);
      } else if (now != null) {
        merged.add(new ConnectionStream(stream.name(), stream.selected(), now, stream.config()));
      }
    }
    found.forEach(
        (name, stream) ->
            merged.add(
                new ConnectionStream(
                    name, false, stream, AirbyteStreams.defaultConfig(stream, false))));
    return merged;
  }
}
