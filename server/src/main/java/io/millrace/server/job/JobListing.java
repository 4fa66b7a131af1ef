package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.store.Rows;
import io.millrace.server.workspace.WorkspaceId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds jobs for lists. Stateless. */
public final class JobListing {
  private static final String FROM = " FROM job j JOIN connection c ON c.id = j.connection_id";

  /** Returns the jobs of a page. */
  public List<Job> list(Handle tx, JobSearch search) {
    String direction = search.ascending() ? " ASC" : " DESC";
    String sql =
        "SELECT j.*"
            + FROM
            + where(search)
            + " ORDER BY j."
            + search.order().column()
            + direction
            + ", j.id"
            + direction
            + " LIMIT :limit OFFSET :offset";
    return bound(tx, sql, search)
        .bind("limit", search.limit())
        .bind("offset", search.offset())
        .map((row, context) -> JobStore.read(row))
        .list();
  }

  /** Returns how many jobs there are on all pages. */
  public long count(Handle tx, JobSearch search) {
    return bound(tx, "SELECT count(*)" + FROM + where(search), search).mapTo(Long.class).one();
  }

  /** Returns how many jobs wait for their turn or their next attempt. */
  public long waiting(Handle tx) {
    return tx.createQuery("SELECT count(*) FROM job WHERE status IN ('pending', 'incomplete')")
        .mapTo(Long.class)
        .one();
  }

  /** Returns how many jobs of the search stand before one, in the search's order. */
  public long before(Handle tx, JobSearch search, long job) {
    String column = search.order().column();
    String sql =
        "SELECT count(*)"
            + FROM
            + where(search)
            + " AND (j."
            + column
            + ", j.id) "
            + (search.ascending() ? "<" : ">")
            + " (SELECT m."
            + column
            + ", m.id FROM job m WHERE m.id = :than)";
    return bound(tx, sql, search).bind("than", job).mapTo(Long.class).one();
  }

  private static String where(JobSearch search) {
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    if (!search.workspaces().isEmpty()) {
      where.append(" AND c.workspace_id IN (<workspaces>)");
    }
    if (search.connection() != null) {
      where.append(" AND j.connection_id = :connection");
    }
    if (!search.types().isEmpty()) {
      where.append(" AND j.config_type IN (<types>)");
    }
    if (!search.statuses().isEmpty()) {
      where.append(" AND j.status IN (<statuses>)");
    }
    range(where, "created", search.created());
    range(where, "updated", search.updated());
    return where.toString();
  }

  private static void range(StringBuilder where, String what, JobSearch.Range range) {
    if (range.from() != null) {
      where.append(" AND j." + what + "_at >= :" + what + "From");
    }
    if (range.to() != null) {
      where.append(" AND j." + what + "_at <= :" + what + "To");
    }
  }

  private static Query bound(Handle tx, String sql, JobSearch search) {
    Query query = tx.createQuery(sql);
    if (!search.workspaces().isEmpty()) {
      query.bindList(
          "workspaces", search.workspaces().stream().map(WorkspaceId::toString).toList());
    }
    ConnectionId connection = search.connection();
    if (connection != null) {
      query.bind("connection", connection.toString());
    }
    if (!search.types().isEmpty()) {
      query.bindList("types", search.types().stream().map(JobType::label).toList());
    }
    if (!search.statuses().isEmpty()) {
      query.bindList("statuses", search.statuses().stream().map(JobStatus::label).toList());
    }
    bindRange(query, "created", search.created());
    bindRange(query, "updated", search.updated());
    return query;
  }

  private static void bindRange(Query query, String what, JobSearch.Range range) {
    if (range.from() != null) {
      query.bind(what + "From", Rows.millis(range.from()));
    }
    if (range.to() != null) {
      query.bind(what + "To", Rows.millis(range.to()));
    }
  }
}
