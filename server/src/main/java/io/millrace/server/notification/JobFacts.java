package io.millrace.server.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of a job.
 *
 * @param jobId its number
 * @param success whether it succeeded
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param recordsEmitted rows read
 * @param bytesEmitted their bytes
 * @param recordsCommitted rows durable at the destination
 * @param bytesCommitted their bytes
 * @param recordsFilteredOut rows that mappers left out
 * @param failure why it failed, or null
 */
public record JobFacts(
    long jobId,
    boolean success,
    Instant startedAt,
    Instant finishedAt,
    long recordsEmitted,
    long bytesEmitted,
    long recordsCommitted,
    long bytesCommitted,
    long recordsFilteredOut,
    @Nullable Failure failure) {
  /** Why a job failed, by the API's names of types and origins. */
  public record Failure(String message, String type, String origin) {}

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  Duration duration() {
    return Duration.between(startedAt, finishedAt);
  }

  /** Adds itself to the {@code data} of a webhook; values that are not known are null. */
  void addTo(ObjectNode data) {
    data.put("jobId", jobId);
    data.put("success", success);
    data.put("startedAt", startedAt.toString());
    data.put("finishedAt", finishedAt.toString());
    data.put("bytesEmitted", bytesEmitted);
    data.put("bytesCommitted", bytesCommitted);
    data.put("recordsEmitted", recordsEmitted);
    data.put("recordsCommitted", recordsCommitted);
    data.put("recordsFilteredOut", recordsFilteredOut);
    data.putNull("bytesFilteredOut");
    data.put("errorMessage", failure == null ? null : failure.message());
    data.put("errorType", failure == null ? null : failure.type());
    data.put("errorOrigin", failure == null ? null : failure.origin());
    data.put("durationInSeconds", duration().toSeconds());
    data.put("durationFormatted", duration(duration()));
    data.put("bytesEmittedFormatted", bytes(bytesEmitted));
    data.put("bytesCommittedFormatted", bytes(bytesCommitted));
  }

  /** Returns {@code 2 min 5 sec}. */
  static String duration(Duration duration) {
    long hours = duration.toHours();
    long minutes = duration.toMinutesPart();
    long seconds = duration.toSecondsPart();
    if (hours > 0) {
      return hours + " hours " + minutes + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds + " sec" : seconds + " sec";
  }

  /** Returns {@code 12 MB}; a kilobyte is 1,024 bytes. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit]);
  }
}
