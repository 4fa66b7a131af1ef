package io.millrace.server.webbackend;

import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Finds a page of connections with one statement, whatever it is sorted and filtered by. */
final class ConnectionList {
  private static final String FROM =
      " FROM connection c JOIN actor s ON s.id = c.source_id JOIN actor d ON d.id ="
          + " c.destination_id LEFT JOIN job j ON j.id = (SELECT id FROM job WHERE connection_id ="
          + " c.id AND config_type <> 'reset_connection' ORDER BY id DESC LIMIT 1)";

  private final ListRequest request;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final Map<String, Object> values = new HashMap<>();

  ConnectionList(ListRequest request, Dialect dialect) {
    this.request = request;
    narrow(dialect);
  }

  /**
   * One connection of a list.
   *
   * @param jobStatus the status of its newest job, or null
   * @param jobCreatedAt when that was made, or null
   */
  record Row(Connection connection, @Nullable String jobStatus, @Nullable Instant jobCreatedAt) {}

  /** Returns how many connections there are on all pages. */
  int total(Handle tx) {
    return bound(tx.createQuery("SELECT count(*)" + FROM + where(conditions)))
        .mapTo(Integer.class)
        .one();
  }

  /** Returns the page. */
  List<Row> page(Handle tx) {
    ListRequest.Sort sort = request.sort();
    List<String> all = new ArrayList<>(conditions);
    Object after = request.cursor() == null ? null : keyOf(tx, request.cursor());
    if (after != null) {
      all.add(
          "(" + sort.expression() + ", c.id) " + (sort.ascending() ? ">" : "<") + " (:key, :id)");
      values.put("key", after);
      values.put("id", Objects.requireNonNull(request.cursor()).toString());
    }
    String direction = sort.ascending() ? " ASC" : " DESC";
    return bound(
            tx.createQuery(
                "SELECT c.*, j.status AS job_status, j.created_at AS job_created"
                    + FROM
                    + where(all)
                    + " ORDER BY "
                    + sort.expression()
                    + direction
                    + ", c.id"
                    + direction
                    + " LIMIT :limit"))
        .bind("limit", request.pageSize())
        .map(
            (row, context) ->
                new Row(
                    ConnectionStore.read(row),
                    row.getString("job_status"),
                    Rows.instantOrNull(row, "job_created")))
        .list();
  }

  /** Returns how many connections of a workspace are how. */
  static Map<ConnectionHealth, Integer> counts(Handle tx, UUID workspace) {
    Map<ConnectionHealth, Integer> counts = new EnumMap<>(ConnectionHealth.class);
    tx.createQuery(
            "SELECT health, count(*) AS n FROM (SELECT "
                + ConnectionHealth.SQL
                + " AS health"
                + FROM
                + " WHERE c.workspace_id = :workspace AND c.status <> 'deprecated') AS h"
                + " GROUP BY health")
        .bind("workspace", workspace.toString())
        .map(
            (row, context) ->
                Map.entry(
                    ConnectionHealth.valueOf(row.getString("health").toUpperCase(Locale.ROOT)),
                    row.getInt("n")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private @Nullable Object keyOf(Handle tx, UUID connection) {
    return tx.createQuery(
            "SELECT " + request.sort().expression() + " AS k" + FROM + " WHERE c.id = :id")
        .bind("id", new ConnectionId(connection).toString())
        .map((row, context) -> row.getObject("k"))
        .findOne()
        .orElse(null);
  }

  private void narrow(Dialect dialect) {
    conditions.add("c.workspace_id = :workspace AND c.status <> 'deprecated'");
    values.put("workspace", request.workspace().toString());
    ListRequest.Filters filters = request.filters();
    in("c.source_id", "sources", request.sources());
    in("c.destination_id", "destinations", request.destinations());
    in("s.definition_id", "sourceDefinitions", filters.sourceDefinitions());
    in("d.definition_id", "destinationDefinitions", filters.destinationDefinitions());
    in("c.status", "states", lower(filters.states()));
    in("(" + ConnectionHealth.SQL + ")", "statuses", lower(filters.statuses()));
    if (!filters.tags().isEmpty()) {
      conditions.add("c.id IN (SELECT connection_id FROM connection_tag WHERE tag_id IN (<tags>))");
      lists.put("tags", filters.tags().stream().map(UUID::toString).toList());
    }
    if (filters.search() != null && !filters.search().isBlank()) {
      conditions.add(
          "(lower(c.name) LIKE :search ESCAPE '!' OR lower(s.name) LIKE :search ESCAPE '!' OR"
              + " lower(d.name) LIKE :search ESCAPE '!')");
      values.put("search", "%" + escaped(filters.search().toLowerCase(Locale.ROOT)) + "%");
    }
    if (filters.onDemand() != null) {
      String marked = dialect.flag("c.details", "onDemandEnabled");
      conditions.add(filters.onDemand() ? marked : "NOT (" + marked + ")");
    }
  }

  private void in(String expression, String name, Collection<?> wanted) {
    if (!wanted.isEmpty()) {
      conditions.add(expression + " IN (<" + name + ">)");
      lists.put(name, wanted.stream().map(Object::toString).toList());
    }
  }

  private Query bound(Query query) {
    lists.forEach(query::bindList);
    values.forEach(query::bind);
    return query;
  }

  private static List<String> lower(List<? extends Enum<?>> values) {
    return values.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static String where(List<String> conditions) {
    return " WHERE " + String.join(" AND ", conditions);
  }
}
