package io.millrace.engine.run;

import io.millrace.engine.Cancellation;
import io.millrace.spi.WorkThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on virtual threads of their own and waits for all. The first failure interrupts the
 * others and is what {@link #join} throws.
 *
 * <p>Used by the thread that made it; {@link #abort} may come from any.
 */
final class TaskScope {
  private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  private final Duration endWaitMax;
  private final Cancellation cancellation;
  private final List<Thread> threads = new ArrayList<>();
  private final List<AutoCloseable> blockers = new ArrayList<>();
  private final Semaphore changes = new Semaphore(0);
  private int running;
  private boolean aborted;
  private @Nullable Throwable firstFailure;

  /** A task; it ends soon after an interrupt. */
  interface Task {
    void run() throws InterruptedException;
  }

  /**
   * Makes a scope that waits at most so long for tasks that were interrupted, and that the
   * cancellation aborts. Tasks that do not end in that time are left to it.
   */
  TaskScope(Duration endWaitMax, Cancellation cancellation) {
    this.endWaitMax = endWaitMax;
    this.cancellation = cancellation;
    cancellation.onRequest(this::abort);
  }

  /**
   * Starts a task, whose log lines carry the keys of the thread that starts it. After an abort it
   * is not started.
   */
  synchronized void fork(String name, Task task) {
    if (aborted) {
      return;
    }
    running++;
    Thread thread = WorkThreads.virtual(name, () -> run(task));
    threads.add(thread);
    thread.start();
  }

  /** Registers what is closed when an aborted task does not end by its interrupt alone. */
  synchronized void closeOnAbort(AutoCloseable blocker) {
    blockers.add(blocker);
  }

  /** Forgets what {@link #closeOnAbort} registered. */
  synchronized void forget(AutoCloseable blocker) {
    blockers.remove(blocker);
  }

  /** Interrupts every task and starts no more. */
  void abort() {
    List<Thread> started;
    synchronized (this) {
      aborted = true;
      started = List.copyOf(threads);
    }
    changes.release();
    started.forEach(Thread::interrupt);
  }

  /**
   * Waits for every task.
   *
   * @throws InterruptedException when this thread or a task was interrupted and nothing failed; the
   *     tasks have ended then
   */
  void join() throws InterruptedException {
    boolean interrupted = false;
    try {
      awaitTasks();
    } catch (InterruptedException e) {
      interrupted = true;
      abort();
    }
    if (isAborted()) {
      awaitEnd();
    }
    throwFirst(interrupted);
  }

  /** Waits until every task has ended, or until they are told to. */
  private void awaitTasks() throws InterruptedException {
    while (!over()) {
      changes.acquire();
    }
  }

  private synchronized boolean over() {
    return running == 0 || aborted;
  }

  private void run(Task task) {
    try {
      task.run();
    } catch (Throwable e) {
      failed(e);
    } finally {
      synchronized (this) {
        running--;
      }
      changes.release();
    }
  }

  private void failed(Throwable failure) {
    boolean first;
    synchronized (this) {
      first = firstFailure == null;
      firstFailure = first ? failure : firstFailure;
    }
    if (first) {
      abort();
    }
  }

  private void awaitEnd() {
    long half = endWaitMax.toMillis() / 2;
    awaitAll(half);
    List<AutoCloseable> stuck;
    synchronized (this) {
      stuck = List.copyOf(blockers);
    }
    if (anyAlive()) {
      stuck.forEach(TaskScope::closeQuietly);
      awaitAll(half);
    }
    List<Thread> left = snapshot().stream().filter(Thread::isAlive).toList();
    if (!left.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("wait_ms", endWaitMax.toMillis())
          .addKeyValue("threads", left.stream().map(Thread::getName).toList())
          .log("tasks_still_running");
      cancellation.left(left);
    }
  }

  /**
   * Keeps a task that was given up from going on, whenever it wakes up.
   *
   * @throws InterruptedException once the scope is aborted
   */
  void fence() throws InterruptedException {
    if (isAborted()) {
      throw new InterruptedException("given up while it was stuck");
    }
  }

  /** Waits although interrupted: what the tasks hold must not be closed under them. */
  private void awaitAll(long millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    for (Thread thread : snapshot()) {
      while (thread.isAlive() && System.nanoTime() < end) {
        try {
          thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        } catch (InterruptedException e) {
          LOG.atDebug().log("interrupted_again_while_ending");
        }
      }
    }
  }

  private boolean anyAlive() {
    return snapshot().stream().anyMatch(Thread::isAlive);
  }

  private synchronized List<Thread> snapshot() {
    return List.copyOf(threads);
  }

  private synchronized boolean isAborted() {
    return aborted;
  }

  private synchronized void throwFirst(boolean interrupted) throws InterruptedException {
    switch (firstFailure) {
      case null -> {
        if (interrupted) {
          throw new InterruptedException("interrupted while waiting for tasks");
        }
      }
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("A task threw a checked exception.", firstFailure);
    }
  }

  private static void closeQuietly(AutoCloseable blocker) {
    try {
      blocker.close();
    } catch (Exception e) {
      LOG.atDebug().setCause(e).log("close_failed");
    }
  }
}
