package io.millrace.connectors.files.source.infer;

import io.millrace.spi.WorkThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does work that keeps a processor busy on as many threads as there are processors. */
public final class Parallel {
  private static final int THREADS_MAX = 8;

  private Parallel() {}

  /**
   * Returns the results of all tasks, in their order. The first failure ends the others and is
   * thrown; so does an interrupt.
   */
  public static <T> List<T> call(List<Callable<T>> tasks) throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = Math.min(tasks.size(), Math.clamp(processors, 1, THREADS_MAX));
    ExecutorService workers =
        Executors.newFixedThreadPool(Math.max(1, threads), WorkThreads.pooled("millrace-infer"));
    try {
      List<Future<T>> futures = new ArrayList<>(tasks.size());
      for (Callable<T> task : tasks) {
        futures.add(workers.submit(WorkThreads.carrying(task)));
      }
      List<T> results = new ArrayList<>(tasks.size());
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case RuntimeException failure -> failure;
      case InterruptedException interrupt -> throw interrupt;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e);
    };
  }
}
