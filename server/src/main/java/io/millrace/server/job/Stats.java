package io.millrace.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;

/**
 * Counts of rows and bytes.
 *
 * @param recordsEmitted rows that the source gave
 * @param bytesEmitted their bytes
 * @param recordsCommitted rows that are durable at the destination
 * @param bytesCommitted their bytes
 * @param recordsRejected rows in quarantine
 * @param recordsFilteredOut rows that mappers left out
 * @param states how often a checkpoint became durable
 */
public record Stats(
    long recordsEmitted,
    long bytesEmitted,
    long recordsCommitted,
    long bytesCommitted,
    long recordsRejected,
    long recordsFilteredOut,
    long states) {
  private static final String MORE = "additionalStats";
  private static final String FILTERED = "recordsFilteredOut";

  public static final Stats ZERO = new Stats(0, 0, 0, 0, 0, 0, 0);

  /** Returns the sum of both. */
  public Stats plus(Stats other) {
    return new Stats(
        recordsEmitted + other.recordsEmitted,
        bytesEmitted + other.bytesEmitted,
        recordsCommitted + other.recordsCommitted,
        bytesCommitted + other.bytesCommitted,
        recordsRejected + other.recordsRejected,
        recordsFilteredOut + other.recordsFilteredOut,
        states + other.states);
  }

  /**
   * Returns what was added to an earlier count of the same read. Where a count has fallen, the read
   * has begun anew and all of it is new.
   */
  public Stats since(Stats earlier) {
    if (recordsEmitted < earlier.recordsEmitted || bytesEmitted < earlier.bytesEmitted) {
      return this;
    }
    return new Stats(
        recordsEmitted - earlier.recordsEmitted,
        bytesEmitted - earlier.bytesEmitted,
        Math.max(0, recordsCommitted - earlier.recordsCommitted),
        Math.max(0, bytesCommitted - earlier.bytesCommitted),
        Math.max(0, recordsRejected - earlier.recordsRejected),
        Math.max(0, recordsFilteredOut - earlier.recordsFilteredOut),
        states);
  }

  /** Returns the API's {@code AttemptStats}. */
  public ObjectNode json() {
    ObjectNode json =
        Documents.empty()
            .put("recordsEmitted", recordsEmitted)
            .put("bytesEmitted", bytesEmitted)
            .put("stateMessagesEmitted", states)
            .put("bytesCommitted", bytesCommitted)
            .put("recordsCommitted", recordsCommitted)
            .put("recordsRejected", recordsRejected);
    if (recordsFilteredOut > 0) {
      json.putObject(MORE).put(FILTERED, recordsFilteredOut);
    }
    return json;
  }

  /** Reads {@link #json}. */
  public static Stats of(JsonNode json) {
    return new Stats(
        json.path("recordsEmitted").asLong(),
        json.path("bytesEmitted").asLong(),
        json.path("recordsCommitted").asLong(),
        json.path("bytesCommitted").asLong(),
        json.path("recordsRejected").asLong(),
        json.path(MORE).path(FILTERED).asLong(),
        json.path("stateMessagesEmitted").asLong());
  }
}
