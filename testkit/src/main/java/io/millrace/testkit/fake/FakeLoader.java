package io.millrace.testkit.fake;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SystemException;
import io.millrace.spi.TargetDescription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Loads one stream into the store. */
final class FakeLoader implements StreamLoader {
  private final FakeStore store;
  private final LoadPlan plan;
  private final int owner;
  private final TargetDescription target;
  private final FakeDestinationOptions options;
  private final FaultPlan faults;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<String> openPartitions = ConcurrentHashMap.newKeySet();

  FakeLoader(
      FakeStore store,
      LoadPlan plan,
      int owner,
      TargetDescription target,
      FakeDestinationOptions options,
      FaultPlan faults) {
    this.store = store;
    this.plan = plan;
    this.owner = owner;
    this.target = target;
    this.options = options;
    this.faults = faults;
  }

  @Override
  public TargetDescription target() {
    return target;
  }

  @Override
  public List<Commit> commits() throws InterruptedException {
    checkQuiet("commits");
    faults.pass(Step.COMMITS, closed);
    return store.commits(plan);
  }

  @Override
  public void discard() throws InterruptedException {
    checkQuiet("discard");
    faults.pass(Step.DISCARD, closed);
    store.discard(plan, owner);
    faults.pass(Step.DISCARDED, closed);
  }

  @Override
  public BatchWriter writer(String partitionId, int ordinal) throws InterruptedException {
    faults.pass(Step.WRITER, closed);
    checkOpen();
    if (!openPartitions.add(partitionId)) {
      throw new SystemException(
          "fake_grammar", "A second writer was opened for " + partitionId + ".");
    }
    return new FakeWriter(this, partitionId, ordinal);
  }

  @Override
  public FinishReceipt finish() throws InterruptedException {
    checkQuiet("finish");
    faults.pass(Step.FINISH, closed);
    FinishReceipt receipt = store.finish(plan, owner);
    faults.pass(Step.FINISHED, closed);
    return receipt;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  FakeStore store() {
    return store;
  }

  LoadPlan plan() {
    return plan;
  }

  int owner() {
    return owner;
  }

  FakeDestinationOptions options() {
    return options;
  }

  FaultPlan faults() {
    return faults;
  }

  void checkOpen() {
    if (closed.getCount() == 0) {
      throw new SystemException("fake_grammar", "The loader is closed.");
    }
  }

  void released(String partitionId) {
    openPartitions.remove(partitionId);
  }

  private void checkQuiet(String call) {
    checkOpen();
    if (!openPartitions.isEmpty()) {
      throw new SystemException(
          "fake_grammar",
          "%s was called while writers of %s are open.".formatted(call, openPartitions));
    }
  }
}
