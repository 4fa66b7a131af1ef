package io.millrace.testkit.fake;

import io.millrace.spi.Commit;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeStore} keeps of one sync of one stream. Guarded by the store's lock. */
final class FakeLoad {
  /** Rows of one commit, in the column order of the plan they came with. */
  record Chunk(int ordinal, List<String> names, List<Row> rows) {}

  private final long syncId;
  private final List<Chunk> staged = new ArrayList<>();
  private final Map<String, Commit> commits = new LinkedHashMap<>();
  private LoadPlan plan;
  private long rowsCommitted;
  private @Nullable FinishReceipt receipt;
  private int owner;

  FakeLoad(LoadPlan plan) {
    this.plan = plan;
    this.syncId = plan.syncId();
  }

  long syncId() {
    return syncId;
  }

  LoadPlan plan() {
    return plan;
  }

  /** Hands the load to a new loader; those before may write no more. */
  int claim(LoadPlan newPlan) {
    plan = newPlan;
    owner++;
    return owner;
  }

  int owner() {
    return owner;
  }

  Map<String, Commit> commits() {
    return commits;
  }

  long rowsCommitted() {
    return rowsCommitted;
  }

  @Nullable FinishReceipt receipt() {
    return receipt;
  }

  void finished(FinishReceipt published) {
    receipt = published;
    staged.clear();
  }

  void record(Commit commit, long rows) {
    commits.put(commit.partitionId(), commit);
    rowsCommitted += rows;
  }

  void stage(Chunk chunk) {
    staged.add(chunk);
  }

  void discard() {
    staged.clear();
    commits.clear();
    rowsCommitted = 0;
  }

  int stagedRows() {
    return staged.stream().mapToInt(chunk -> chunk.rows.size()).sum();
  }

  /** Adds the staged rows to a target in extraction order. */
  void pour(FakeTarget target) {
    staged.stream()
        .sorted(Comparator.comparingInt(Chunk::ordinal))
        .forEach(chunk -> target.add(chunk.names, chunk.rows));
  }
}
