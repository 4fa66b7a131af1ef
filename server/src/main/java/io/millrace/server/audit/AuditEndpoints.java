package io.millrace.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls under {@code /api/v1/audit}. */
public final class AuditEndpoints {
  private static final int PAGE_DEFAULT = 20;
  private static final int PAGE_MAX = 1000;
  private static final long SECONDS_MAX = 253_402_300_799L;

  private final Database database;
  private final ChangeStore store = new ChangeStore();

  /** Makes them. */
  public AuditEndpoints(Database database) {
    this.database = database;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.ADMIN, "/audit/list", this::list)
        .config(Access.ADMIN, "/audit/get", this::get);
  }

  private Answer get(Call call) {
    Body body = call.body();
    long id = body.numericId("changeId");
    body.check();
    return database.read(
        tx -> {
          Change change = store.find(tx, id).orElseThrow(() -> ApiException.notFound("change", id));
          JsonNode before = store.before(tx, change).map(Change::version).orElse(Documents.empty());
          Map<String, Object> json = json(change);
          json.put("before", before);
          json.put("differences", Differences.between(before, change.version()));
          return Answer.ok(json);
        });
  }

  private Answer list(Call call) {
    Body body = call.body();
    ChangeFilter filter =
        new ChangeFilter(
            entity(body),
            body.textOrNull("entityId"),
            body.textOrNull("actor"),
            moment(body, "from"),
            moment(body, "to"));
    Body page = body.objectOrNull("pagination");
    Body paged = page == null ? Body.of(Documents.empty()) : page;
    int limit = paged.number("pageSize", PAGE_DEFAULT, 1, PAGE_MAX);
    int offset = paged.number("rowOffset", 0, 0, Integer.MAX_VALUE);
    body.check();
    return database.read(
        tx ->
            Answer.ok(
                Map.of(
                    "changes",
                    json(store.list(tx, filter, limit, offset)),
                    "totalCount",
                    store.count(tx, filter))));
  }

  private static @Nullable String entity(Body body) {
    String entity = body.textOrNull("entity");
    if (entity != null && !Audit.ENTITIES.contains(entity)) {
      body.wrong("entity", "one of " + String.join(", ", Audit.ENTITIES));
    }
    return entity;
  }

  private static @Nullable Instant moment(Body body, String name) {
    Long seconds = body.numberOrNull(name);
    if (seconds == null) {
      return null;
    }
    if (seconds < 0 || seconds > SECONDS_MAX) {
      body.wrong(name, "seconds since 1970");
      return null;
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static List<Map<String, Object>> json(List<Change> changes) {
    return changes.stream().map(AuditEndpoints::json).toList();
  }

  private static Map<String, Object> json(Change change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("changeId", change.id());
    json.put("entity", change.entity());
    json.put("entityId", change.entityId());
    json.put("action", change.action());
    json.put("actor", change.actor());
    json.put("createdAt", change.createdAt().getEpochSecond());
    json.put("version", change.version());
    return json;
  }
}
