package io.millrace.server.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobEnding;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobTransitions.Ending;
import io.millrace.server.job.JobType;
import io.millrace.server.store.TextSeal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what follows a job in the transaction that ends it, as it is set at that moment: what
 * is changed later is nothing to that job. Clears and cancelled jobs are followed by nothing.
 */
public final class ActionPlan implements JobEnding {
  private final ActionRunStore runs;
  private final Clock clock;

  /** Makes it. */
  public ActionPlan(TextSeal seal, Clock clock) {
    this.runs = new ActionRunStore(seal);
    this.clock = clock;
  }

  @Override
  public void ending(Handle tx, Ending ending) {
    Job job = ending.ended().job();
    boolean followed =
        job.type() != JobType.RESET_CONNECTION
            && (job.status() == JobStatus.SUCCEEDED || job.status() == JobStatus.FAILED);
    if (!followed) {
      return;
    }
    if (job.status() == JobStatus.SUCCEEDED) {
      runs.planOperations(tx, job, operations(ending.ended().connection()), clock.instant());
    }
    runs.plan(tx, job, clock.instant());
  }

  private static List<UUID> operations(Connection connection) {
    List<UUID> ids = new ArrayList<>();
    for (JsonNode id : connection.details().path("operationIds")) {
      if (ids.size() < ActionSettings.OPERATIONS_MAX) {
        ids.add(UUID.fromString(id.asText()));
      }
    }
    return ids;
  }
}
