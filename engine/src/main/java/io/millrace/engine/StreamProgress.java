package io.millrace.engine;

import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.util.Map;

/**
 * One stream's counts at a moment.
 *
 * @param stream the stream
 * @param status what it does
 * @param tally the counts so far, those of earlier attempts and processes included
 * @param committed what of it is durable at the destination
 * @param commits how often something became durable in this process
 * @param estimatedRows a guess of all rows to read, or -1
 * @param estimatedBytes a guess of all bytes to read, or -1
 * @param partitions the number of partitions planned
 * @param partitionsDone the number of partitions that are durable
 * @param time where the time went
 * @param nulled how many values of which field mappers made null in rows that this process made
 *     durable
 */
public record StreamProgress(
    StreamName stream,
    StreamStatus status,
    Tally tally,
    Tally committed,
    long commits,
    long estimatedRows,
    long estimatedBytes,
    int partitions,
    int partitionsDone,
    StageTimes time,
    Map<String, Long> nulled) {
  public StreamProgress {
    nulled = Map.copyOf(nulled);
  }
}
