package io.millrace.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;

/**
 * What the retry policy has counted of a job.
 *
 * @param emptyInARow failed attempts without any progress, since the last with some
 * @param empty failed attempts without any progress
 * @param partialInARow failed attempts with progress, since the last without
 * @param partial failed attempts with progress
 * @param prepared the states that the job begins with are as it wants them
 */
public record RetryState(
    int emptyInARow, int empty, int partialInARow, int partial, boolean prepared) {
  public static final RetryState NONE = new RetryState(0, 0, 0, 0, false);

  /** Returns the number of failures that count. */
  public int failures() {
    return empty + partial;
  }

  /** Counts a failed attempt. */
  public RetryState after(boolean progressed) {
    return progressed
        ? new RetryState(0, empty, partialInARow + 1, partial + 1, prepared)
        : new RetryState(emptyInARow + 1, empty + 1, 0, partial, prepared);
  }

  /** Remembers that the states are prepared. */
  public RetryState withPrepared() {
    return new RetryState(emptyInARow, empty, partialInARow, partial, true);
  }

  /** Returns the form in the store. */
  public ObjectNode json() {
    return Documents.empty()
        .put("emptyInARow", emptyInARow)
        .put("empty", empty)
        .put("partialInARow", partialInARow)
        .put("partial", partial)
        .put("prepared", prepared);
  }

  /** Reads {@link #json}. */
  public static RetryState of(JsonNode json) {
    return new RetryState(
        json.path("emptyInARow").asInt(),
        json.path("empty").asInt(),
        json.path("partialInARow").asInt(),
        json.path("partial").asInt(),
        json.path("prepared").asBoolean());
  }
}
