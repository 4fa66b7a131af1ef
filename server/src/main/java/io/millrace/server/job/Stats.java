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
 * @param recordsEstimated the source's guess of what {@code recordsEmitted} comes to, or -1
 * @param bytesEstimated its guess of the bytes, or -1
 */
public record Stats(
    long recordsEmitted,
    long bytesEmitted,
    long recordsCommitted,
    long bytesCommitted,
    long recordsRejected,
    long recordsFilteredOut,
    long states,
    long recordsEstimated,
    long bytesEstimated) {
  private static final String MORE = "additionalStats";
  private static final String FILTERED = "recordsFilteredOut";
  private static final String RECORDS_ESTIMATED = "estimatedRecords";
  private static final String BYTES_ESTIMATED = "estimatedBytes";

  public static final Stats ZERO = new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns the sum of both; what is not known of one is not known of the sum. */
  public Stats plus(Stats other) {
    return new Stats(
        recordsEmitted + other.recordsEmitted,
        bytesEmitted + other.bytesEmitted,
        recordsCommitted + other.recordsCommitted,
        bytesCommitted + other.bytesCommitted,
        recordsRejected + other.recordsRejected,
        recordsFilteredOut + other.recordsFilteredOut,
        states + other.states,
        sum(recordsEstimated, other.recordsEstimated),
        sum(bytesEstimated, other.bytesEstimated));
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
        states,
        Math.max(-1, recordsEstimated - earlier.recordsEmitted),
        Math.max(-1, bytesEstimated - earlier.bytesEmitted));
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
    if (recordsEstimated > 0) {
      json.put(RECORDS_ESTIMATED, recordsEstimated);
    }
    if (bytesEstimated > 0) {
      json.put(BYTES_ESTIMATED, bytesEstimated);
    }
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
        json.path("stateMessagesEmitted").asLong(),
        json.path(RECORDS_ESTIMATED).asLong(-1),
        json.path(BYTES_ESTIMATED).asLong(-1));
  }

  private static long sum(long one, long other) {
    return one < 0 || other < 0 ? -1 : one + other;
  }
}
