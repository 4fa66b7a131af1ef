package io.millrace.connectors.files.store;

import io.millrace.spi.WorkThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs blocking calls so that an interrupt ends the wait: on a virtual thread of their own, whose
 * socket an interrupt closes, whatever thread the caller is on.
 */
public final class Interruptible {
  private Interruptible() {}

  /** Returns the call's result or throws what it threw. */
  public static <T> T call(Callable<T> work) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    WorkThreads.virtual("millrace-store", task).start();
    return await(task);
  }

  /** Waits for a task; an interrupt cancels it. */
  static <T> T await(FutureTask<T> task) throws InterruptedException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(cause);
    }
  }
}
