package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lists of one side's actors on the Config API. */
final class ActorList {
  private static final int PAGE_MAX = 10_000;

  private final Side side;
  private final Database database;
  private final ActorJson json;
  private final ActorStore store = new ActorStore();

  ActorList(Side side, Database database, ActorJson json) {
    this.side = side;
    this.database = database;
    this.json = json;
  }

  /** The orders that a client may ask for. */
  enum SortKey {
    ACTORNAME_ASC,
    ACTORNAME_DESC,
    ACTORDEFINITIONNAME_ASC,
    ACTORDEFINITIONNAME_DESC,
    LASTSYNC_ASC,
    LASTSYNC_DESC
  }

  /** Whether an actor has a connection that is active. */
  enum State {
    ACTIVE,
    INACTIVE
  }

  private record Row(Actor actor, ActorUse use, String definitionName) {}

  /** Answers the page after the cursor; everything where no page size is given. */
  Answer list(Call call) {
    Body body = call.body();
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    UUID cursor = body.idOrNull("cursor");
    SortKey sort = body.choice("sortKey", SortKey.ACTORNAME_ASC);
    int size = body.number("pageSize", PAGE_MAX, 1, PAGE_MAX);
    Predicate<Row> filter = filter(body.objectOrNull("filters"));
    body.check();
    List<Row> rows = rows(workspace).stream().filter(filter).sorted(order(sort)).toList();
    List<Row> page = rows.stream().skip(after(rows, cursor)).limit(size).toList();
    ObjectNode answer = Documents.empty();
    answer
        .putArray(side.label() + "s")
        .addAll(page.stream().map(row -> json.config(row.actor(), row.use())).toList());
    return Answer.ok(answer.put("page_size", page.size()).put("num_connections", rows.size()));
  }

  /** Answers a page of several workspaces, by offset. */
  Answer listPaginated(Call call) {
    Body body = call.body();
    List<WorkspaceId> workspaces = body.ids("workspaceIds").stream().map(WorkspaceId::new).toList();
    boolean deleted = body.flag("includeDeleted", false);
    String named = body.textOrNull("nameContains");
    Body pagination = body.objectOrNull("pagination");
    int size = PAGE_MAX;
    int offset = 0;
    if (pagination != null) {
      size = pagination.number("pageSize", PAGE_MAX, 1, PAGE_MAX);
      offset = pagination.number("rowOffset", 0, 0, Integer.MAX_VALUE);
    }
    body.check();
    if (workspaces.isEmpty()) {
      return Answer.ok(Map.of(side.label() + "s", List.of()));
    }
    String part = named == null ? "" : named.toLowerCase(Locale.ROOT);
    List<Actor> actors =
        database
            .read(
                tx -> {
                  new WorkspaceStore().refuseUnknown(tx, workspaces, deleted);
                  return store.page(tx, side, workspaces, deleted, PAGE_MAX, 0);
                })
            .stream()
            .filter(actor -> actor.name().toLowerCase(Locale.ROOT).contains(part))
            .skip(offset)
            .limit(size)
            .toList();
    return Answer.ok(Map.of(side.label() + "s", actors.stream().map(json::config).toList()));
  }

  /** Answers the actors that agree with every field given. */
  Answer search(Call call) {
    Body body = call.body();
    UUID id = body.idOrNull(side.label() + "Id");
    UUID definition = body.idOrNull(side.label() + "DefinitionId");
    UUID workspace = body.idOrNull("workspaceId");
    String name = body.textOrNull("name");
    String definitionName = body.textOrNull(side.label() + "Name");
    Body configuration = body.objectOrNull("connectionConfiguration");
    body.check();
    List<WorkspaceId> workspaces =
        workspace == null ? List.of() : List.of(new WorkspaceId(workspace));
    Predicate<ObjectNode> takes =
        one ->
            agrees(one, side.label() + "Id", id)
                && agrees(one, side.label() + "DefinitionId", definition)
                && agrees(one, "name", name)
                && agrees(one, side.label() + "Name", definitionName)
                && (configuration == null || holds(one, configuration.json()));
    List<ObjectNode> found =
        database.read(tx -> store.page(tx, side, workspaces, false, PAGE_MAX, 0)).stream()
            .map(json::config)
            .filter(takes)
            .toList();
    return Answer.ok(Map.of(side.label() + "s", found));
  }

  private List<Row> rows(WorkspaceId workspace) {
    return database.read(
        tx -> {
          new WorkspaceStore().get(tx, workspace);
          Map<ActorId, ActorUse> use = store.use(tx, side, workspace);
          return store.list(tx, side, workspace).stream()
              .map(
                  actor ->
                      new Row(
                          actor,
                          use.getOrDefault(actor.id(), ActorUse.NONE),
                          json.definitionName(actor)))
              .toList();
        });
  }

  private static Predicate<Row> filter(@Nullable Body filters) {
    if (filters == null) {
      return row -> true;
    }
    String term = filters.textOrNull("searchTerm");
    Set<String> states =
        filters.texts("states").stream()
            .map(text -> text.toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> known = Set.of(State.ACTIVE.name(), State.INACTIVE.name());
    if (!known.containsAll(states)) {
      filters.wrong("states", "a list of active and inactive");
    }
    String part = term == null ? "" : term.toLowerCase(Locale.ROOT);
    return row ->
        (row.actor().name().toLowerCase(Locale.ROOT).contains(part)
                || row.definitionName().toLowerCase(Locale.ROOT).contains(part))
            && (states.isEmpty() || states.contains(state(row).name()));
  }

  private static State state(Row row) {
    return row.use().active() > 0 ? State.ACTIVE : State.INACTIVE;
  }

  /** Equal names are told apart by id, so that every page follows the one before. */
  private static Comparator<Row> order(SortKey sort) {
    Comparator<Row> byName =
        Comparator.comparing((Row row) -> row.actor().name().toLowerCase(Locale.ROOT));
    Comparator<Row> byDefinition =
        Comparator.comparing((Row row) -> row.definitionName().toLowerCase(Locale.ROOT));
    Comparator<Row> bySync =
        Comparator.comparing(
            (Row row) -> row.use().lastSync() == null ? Instant.EPOCH : row.use().lastSync());
    Comparator<Row> chosen =
        switch (sort) {
          case ACTORNAME_ASC -> byName;
          case ACTORNAME_DESC -> byName.reversed();
          case ACTORDEFINITIONNAME_ASC -> byDefinition;
          case ACTORDEFINITIONNAME_DESC -> byDefinition.reversed();
          case LASTSYNC_ASC -> bySync;
          case LASTSYNC_DESC -> bySync.reversed();
        };
    return chosen.thenComparing(byName).thenComparing(row -> row.actor().id().toString());
  }

  private static int after(List<Row> rows, @Nullable UUID cursor) {
    for (int i = 0; cursor != null && i < rows.size(); i++) {
      if (rows.get(i).actor().id().value().equals(cursor)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean agrees(ObjectNode one, String field, @Nullable Object wanted) {
    return wanted == null || one.path(field).asText().equals(wanted.toString());
  }

  private static boolean holds(ObjectNode one, ObjectNode wanted) {
    return wanted.properties().stream()
        .allMatch(
            entry ->
                entry.getValue().equals(one.path("connectionConfiguration").path(entry.getKey())));
  }
}
