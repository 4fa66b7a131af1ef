package io.millrace.connectors.files.store;

import io.millrace.spi.WorkThreads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** Does the same to many objects, several at a time. */
public final class Parallel {
  private static final int AT_ONCE_MAX = 8;

  private Parallel() {}

  /** What is done to one item. */
  public interface Action<T> {
    /** Does it; called from a thread of its own. */
    void run(T item) throws InterruptedException;
  }

  /**
   * Does it to every item and waits. The first failure is thrown once all that had begun have
   * ended; an interrupt ends those that run.
   */
  public static <T> void forEach(Collection<T> items, Action<T> action)
      throws InterruptedException {
    Semaphore permits = new Semaphore(AT_ONCE_MAX);
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    try {
      for (T item : items) {
        permits.acquire();
        tasks.add(start(item, action, permits));
      }
      for (FutureTask<Boolean> task : tasks) {
        Interruptible.await(task);
      }
    } finally {
      tasks.forEach(task -> task.cancel(true));
    }
  }

  private static <T> FutureTask<Boolean> start(T item, Action<T> action, Semaphore permits) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              try {
                action.run(item);
              } finally {
                permits.release();
              }
              return true;
            });
    WorkThreads.virtual("millrace-store", task).start();
    return task;
  }
}
