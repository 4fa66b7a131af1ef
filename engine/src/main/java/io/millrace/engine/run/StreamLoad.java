package io.millrace.engine.run;

import static io.millrace.engine.Failure.Origin.DESTINATION;
import static io.millrace.engine.Failure.Origin.ENGINE;

import io.millrace.engine.Failure.Stage;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.SystemException;
import io.millrace.spi.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is missing of a stream's partitions, proves that everything is there, and publishes.
 * Used by one thread.
 */
final class StreamLoad {
  /** The code of a publication that the destination's commits do not prove to be whole. */
  static final String UNPROVEN = "sync_unproven";

  private final StreamAttempt attempt;
  private List<Commit> commits = List.of();

  StreamLoad(StreamAttempt attempt) {
    this.attempt = attempt;
  }

  /** Carries every partition that is not durable yet, several at once. */
  void carryPartitions() throws InterruptedException {
    Map<String, Commit> durable = byPartition(readCommits());
    List<Partition> partitions = attempt.open().partitions();
    attempt.counters().begin(partitions, List.copyOf(durable.values()));
    Passage passage = Passage.of(attempt);
    TaskScope scope =
        new TaskScope(
            attempt.context().settings().cancelWaitMax(), attempt.context().cancellation());
    for (int ordinal = 0; ordinal < partitions.size(); ordinal++) {
      Partition partition = partitions.get(ordinal);
      @Nullable Commit last = durable.get(partition.id());
      if (last != null && last.done()) {
        continue;
      }
      int place = ordinal;
      scope.fork(
          attempt.stream().name().display() + "/" + partition.id(),
          () -> carry(scope, passage, partition, place, last));
    }
    scope.join();
  }

  private void carry(
      TaskScope scope, Passage passage, Partition partition, int ordinal, @Nullable Commit last)
      throws InterruptedException {
    try (ReaderSlots.Slot _ = attempt.context().slots().take()) {
      @Nullable Checkpoint from = last == null ? null : last.checkpoint();
      new PartitionRun(attempt, passage, partition, ordinal, last).run(scope, from);
    }
  }

  /**
   * Publishes, once the destination itself names every partition complete and the counts agree.
   *
   * @return the rows that came into the target
   */
  long publish() throws InterruptedException {
    commits = readCommits();
    attempt.context().fence();
    StageException.at(ENGINE, Stage.PUBLISH, this::requireEvidence);
    long start = System.nanoTime();
    long rows =
        StageException.at(
            DESTINATION, Stage.PUBLISH, () -> attempt.loader().finish().rowsPublished());
    attempt.counters().publishTook(System.nanoTime() - start);
    return rows;
  }

  /** Returns every partition with its last checkpoint; after {@link #publish}. */
  List<PartitionProgress> finished() {
    return progress(attempt.open().partitions(), commits);
  }

  /** Returns the counts of all partitions; after {@link #publish}. */
  Tally total() {
    return commits.stream().map(Commit::tally).reduce(Tally.ZERO, Tally::plus);
  }

  /** Joins planned partitions with what is durable of them. */
  static List<PartitionProgress> progress(List<Partition> partitions, List<Commit> commits) {
    Map<String, Commit> durable = byPartition(commits);
    List<PartitionProgress> progress = new ArrayList<>();
    for (Partition partition : partitions) {
      @Nullable Commit last = durable.get(partition.id());
      progress.add(
          last == null
              ? new PartitionProgress(partition, null, false)
              : new PartitionProgress(partition, last.checkpoint(), last.done()));
    }
    return progress;
  }

  private boolean requireEvidence() {
    Map<String, Commit> durable = byPartition(commits);
    for (Partition partition : attempt.open().partitions()) {
      @Nullable Commit last = durable.get(partition.id());
      if (last == null || !last.done()) {
        throw unproven("partition " + partition.id() + " is not complete at the destination");
      }
      if (!last.tally().balanced()) {
        throw unproven("the counts of partition " + partition.id() + " disagree: " + last.tally());
      }
    }
    return true;
  }

  private SystemException unproven(String what) {
    return new SystemException(
        UNPROVEN,
        "Stream "
            + attempt.stream().name().display()
            + " was not published, because "
            + what
            + ". Please report this; nothing was changed at the target.");
  }

  private List<Commit> readCommits() throws InterruptedException {
    return StageException.at(DESTINATION, Stage.OPEN, () -> attempt.loader().commits());
  }

  private static Map<String, Commit> byPartition(List<Commit> commits) {
    Map<String, Commit> newest = new HashMap<>();
    for (Commit commit : commits) {
      newest.merge(commit.partitionId(), commit, (a, b) -> a.sequence() > b.sequence() ? a : b);
    }
    return newest;
  }
}
