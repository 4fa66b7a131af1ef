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
   * Returns what an attempt added to what the earlier ones had come to. It began at what was
   * durable then: rows that were read and not committed come again, and are read by both. Where
   * less is durable than before, the read has begun anew and all of it is new.
   */
  public Stats since(Stats earlier) {
    if (recordsCommitted < earlier.recordsCommitted || bytesCommitted < earlier.bytesCommitted) {
      return this;
    }
    long recordsBefore = Math.min(earlier.recordsDurable(), recordsEmitted);
    long bytesBefore = Math.min(earlier.bytesCommitted, bytesEmitted);
    return new Stats(
        recordsEmitted - recordsBefore,
        bytesEmitted - bytesBefore,
        recordsCommitted - earlier.recordsCommitted,
        bytesCommitted - earlier.bytesCommitted,
        Math.max(0, recordsRejected - earlier.recordsRejected),
        Math.max(0, recordsFilteredOut - earlier.recordsFilteredOut),
        states,
        Math.max(-1, recordsEstimated - recordsBefore),
        Math.max(-1, bytesEstimated - bytesBefore));
  }

  /** The rows that are accounted for: committed, left out, or in quarantine. */
  private long recordsDurable() {
    return recordsCommitted + recordsRejected + recordsFilteredOut;
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
