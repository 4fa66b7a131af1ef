package io.millrace.testkit.fake;

import io.millrace.testkit.arrow.Row;
import java.util.function.Predicate;

/**
 * How a {@link FakeSource} cuts its work.
 *
 * @param partitions into how many partitions a stream is cut, at most one per slot
 * @param batchRows how many rows a batch holds, at least 1
 * @param checkpointEvery after how many batches a position within a partition can be had; 0: never
 * @param snapshotsSurvive a snapshot outlives its source, so that every read resumes exactly;
 *     otherwise it ends with the source, as a database connection's does
 * @param unreadable the rows that are handed over as rejected
 */
public record FakeSourceOptions(
    int partitions,
    int batchRows,
    int checkpointEvery,
    boolean snapshotsSurvive,
    Predicate<Row> unreadable) {
  /** Three partitions, ten rows a batch, a checkpoint after every batch. */
  public static final FakeSourceOptions DEFAULT =
      new FakeSourceOptions(3, 10, 1, false, row -> false);

  /** Returns a copy with other cuts. */
  public FakeSourceOptions cut(int newPartitions, int newBatchRows, int newCheckpointEvery) {
    return new FakeSourceOptions(
        newPartitions, newBatchRows, newCheckpointEvery, snapshotsSurvive, unreadable);
  }

  /** Returns a copy whose snapshots outlive the source. */
  public FakeSourceOptions withLastingSnapshots() {
    return new FakeSourceOptions(partitions, batchRows, checkpointEvery, true, unreadable);
  }

  /** Returns a copy that rejects these rows. */
  public FakeSourceOptions rejecting(Predicate<Row> rows) {
    return new FakeSourceOptions(partitions, batchRows, checkpointEvery, snapshotsSurvive, rows);
  }
}
