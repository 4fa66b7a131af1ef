package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a blocking call on a thread of its own, to interrupt it or close something beneath it. */
public final class Worker {
  /** How long a call may take to end after an interrupt or a close: the promise of the engine. */
  public static final Duration CANCEL_WITHIN = Duration.ofSeconds(10);

  private static final Duration BLOCKED_AFTER = Duration.ofMillis(300);

  /** Something that may fail. */
  @FunctionalInterface
  public interface Task {
    /** Does it. */
    void run() throws Exception;
  }

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private Worker(Task task) {
    thread = Thread.ofPlatform().daemon().name("contract-worker").start(() -> run(task));
  }

  /** Starts a task. */
  public static Worker start(Task task) {
    return new Worker(task);
  }

  /** Interrupts the task. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Waits a little, so that the task may reach the point where it blocks. */
  public void settle() throws InterruptedException {
    ended.await(BLOCKED_AFTER.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tells whether the task has ended. */
  public boolean ended() {
    return ended.getCount() == 0;
  }

  /** Waits for the end and returns what the task threw, or null; fails after the promised time. */
  public @Nullable Throwable end(String after) throws InterruptedException {
    boolean inTime = ended.await(CANCEL_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    if (!inTime) {
      Throwable where = new Throwable("where the call is blocked");
      where.setStackTrace(thread.getStackTrace());
      throw new AssertionError(
          "A blocked call did not end within " + CANCEL_WITHIN + " of " + after, where);
    }
    return failure;
  }

  /** Waits for the end and fails when the task threw. */
  public void finish(Duration within) throws InterruptedException {
    assertThat(ended.await(within.toMillis(), TimeUnit.MILLISECONDS)).as("ends in time").isTrue();
    if (failure != null) {
      throw new AssertionError("The task failed.", failure);
    }
  }

  private void run(Task task) {
    try {
      task.run();
    } catch (Throwable e) {
      failure = e;
    } finally {
      ended.countDown();
    }
  }
}
