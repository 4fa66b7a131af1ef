package io.millrace.engine;

import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one stream came to, with the evidence.
 *
 * @param stream the stream
 * @param status succeeded, failed or cancelled
 * @param target the full name of the table or folder; empty when it was never reached
 * @param renamedColumns fields whose column has another name
 * @param tally the counts of the whole read, those of earlier processes included
 * @param rowsPublished rows that came into the target, after dedup; -1 when nothing was published
 * @param duration from its first partition to its end, in this process
 * @param time where the time went until the stream ended
 * @param failure why it failed, or null
 */
public record StreamSummary(
    StreamName stream,
    StreamStatus status,
    String target,
    Map<String, String> renamedColumns,
    Tally tally,
    long rowsPublished,
    Duration duration,
    StageTimes time,
    @Nullable Failure failure) {
  public StreamSummary {
    renamedColumns = Map.copyOf(renamedColumns);
  }
}
