package io.millrace.engine.run;

import io.millrace.engine.StageTimes;
import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.spi.Commit;
import io.millrace.spi.Partition;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One stream's live counts. Partitions add from their threads; anybody may ask. */
final class StreamCounters {
  private static final String FINISHED_EARLIER = "finished earlier";

  private final StreamName stream;
  private final LongAdder readNanos = new LongAdder();
  private final LongAdder mapNanos = new LongAdder();
  private final LongAdder writeNanos = new LongAdder();
  private final LongAdder commitNanos = new LongAdder();
  private final LongAdder publishNanos = new LongAdder();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, Tally> durable = new HashMap<>();
  private final Map<String, Boolean> done = new HashMap<>();
  private final NulledCounts nulled = new NulledCounts();
  private StreamStatus status = StreamStatus.PENDING;
  private long estimatedRows;
  private long estimatedBytes;
  private int partitions;
  private long commits;
  private long furthest;

  StreamCounters(StreamName stream, long estimatedRows, long estimatedBytes) {
    this.stream = stream;
    this.estimatedRows = estimatedRows;
    this.estimatedBytes = estimatedBytes;
  }

  synchronized void status(StreamStatus now) {
    status = now;
  }

  /** Begins an attempt: what is durable counts, everything else is forgotten. */
  synchronized void begin(List<Partition> planned, List<Commit> commitsBefore) {
    partitions = planned.size();
    estimatedRows = sum(planned.stream().mapToLong(Partition::estimatedRows).toArray());
    estimatedBytes = sum(planned.stream().mapToLong(Partition::estimatedBytes).toArray());
    tallies.clear();
    durable.clear();
    done.clear();
    for (Commit commit : commitsBefore) {
      tallies.put(commit.partitionId(), commit.tally());
      durable.put(commit.partitionId(), commit.tally());
      done.put(commit.partitionId(), commit.done());
    }
    nulled.begin(durable.keySet());
  }

  /** Takes the counts of a read that an earlier process finished. */
  synchronized void finishedEarlier(Tally tally) {
    tallies.put(FINISHED_EARLIER, tally);
    durable.put(FINISHED_EARLIER, tally);
  }

  synchronized void tally(String partitionId, Tally tally) {
    tallies.put(partitionId, tally);
  }

  synchronized void committed(Commit commit) {
    commits++;
    nulled.committed(commit.partitionId());
    durable.put(commit.partitionId(), commit.tally());
    if (commit.done()) {
      done.put(commit.partitionId(), true);
    }
    long ended = done.values().stream().filter(is -> is).count();
    furthest = Math.max(furthest, sum(durable).rowsRead() + ended);
  }

  /**
   * Returns how far commits of this process have brought the stream: the most rows read and
   * partitions ended that were durable after one. The measure of progress between retries.
   */
  synchronized long durableProgress() {
    return furthest;
  }

  synchronized Tally total() {
    return sum(tallies);
  }

  /** Adds values of a partition's rows that mappers made null. */
  synchronized void nulled(String partitionId, Map<String, Integer> byField) {
    nulled.add(partitionId, byField);
  }

  /** Returns how many values mappers made null in rows that this process made durable, by field. */
  synchronized Map<String, Long> nulled() {
    return nulled.durable();
  }

  void readTook(long nanos) {
    readNanos.add(nanos);
  }

  void mapTook(long nanos) {
    mapNanos.add(nanos);
  }

  void writeTook(long nanos) {
    writeNanos.add(nanos);
  }

  void commitTook(long nanos) {
    commitNanos.add(nanos);
  }

  void publishTook(long nanos) {
    publishNanos.add(nanos);
  }

  /**
   * Shares out the time in which the destination closed, and perhaps wrote to its disk what the
   * streams had brought, by the bytes that each of them brought.
   */
  static void closed(List<StreamCounters> streams, long nanos) {
    double all = streams.stream().mapToLong(one -> one.total().bytesRead()).sum();
    for (StreamCounters one : streams) {
      long bytes = one.total().bytesRead();
      one.publishTook(bytes == 0 ? 0 : Math.round(nanos * (bytes / all)));
    }
  }

  StageTimes times() {
    return new StageTimes(
        readNanos.sum(), mapNanos.sum(), writeNanos.sum(), commitNanos.sum(), publishNanos.sum());
  }

  synchronized StreamProgress snapshot() {
    int finished = (int) done.values().stream().filter(is -> is).count();
    return new StreamProgress(
        stream,
        status,
        sum(tallies),
        sum(durable),
        commits,
        estimatedRows,
        estimatedBytes,
        partitions,
        finished,
        times(),
        nulled.durable());
  }

  private static Tally sum(Map<String, Tally> tallies) {
    return tallies.values().stream().reduce(Tally.ZERO, Tally::plus);
  }

  private static long sum(long[] estimates) {
    long total = 0;
    for (long estimate : estimates) {
      if (estimate < 0) {
        return -1;
      }
      total += estimate;
    }
    return total;
  }
}
