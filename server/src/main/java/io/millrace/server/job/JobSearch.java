package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs, in which order.
 *
 * @param workspaces those of these workspaces; empty for all
 * @param connection those of this connection, or null for all
 * @param types of these types; empty for all
 * @param statuses in these statuses; empty for all
 * @param created when they were made
 * @param updated when their status last changed
 * @param order by what they are sorted
 * @param ascending the oldest first
 * @param limit at most so many
 * @param offset after so many
 */
public record JobSearch(
    List<WorkspaceId> workspaces,
    @Nullable ConnectionId connection,
    List<JobType> types,
    List<JobStatus> statuses,
    Range created,
    Range updated,
    Order order,
    boolean ascending,
    int limit,
    int offset) {
  public JobSearch {
    workspaces = List.copyOf(workspaces);
    types = List.copyOf(types);
    statuses = List.copyOf(statuses);
  }

  /** A span of time with both its ends; null: without end. */
  public record Range(@Nullable Instant from, @Nullable Instant to) {}

  /** By what jobs are sorted. */
  public enum Order {
    CREATED_AT("created_at"),
    UPDATED_AT("updated_at");

    private final String column;

    Order(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /** Returns this search with another page. */
  public JobSearch page(int newLimit, int newOffset) {
    return new JobSearch(
        workspaces,
        connection,
        types,
        statuses,
        created,
        updated,
        order,
        ascending,
        newLimit,
        newOffset);
  }
}
