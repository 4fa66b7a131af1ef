package io.millrace.connectors.duckdb;

import io.millrace.spi.Heartbeat;
import io.millrace.spi.SystemException;
import io.millrace.spi.WorkThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs native calls on a few platform threads: a virtual thread in native code would hold its
 * carrier. Callers beyond the number of threads wait.
 */
final class NativeCalls {
  private static final int THREADS_MAX = 4;
  private static final long IDLE_SECONDS = 5;
  private static final long CANCEL_AGAIN_MILLIS = 100;
  private static final int CANCELS_MAX = 100;
  private static final ThreadPoolExecutor THREADS = threads();

  private NativeCalls() {}

  /** Beats while a call keeps its thread computing; DuckDB does all work on the caller's thread. */
  private static final class Pulse {
    private final Heartbeat heartbeat;
    private volatile long thread;
    private long computed;

    Pulse(Heartbeat heartbeat) {
      this.heartbeat = heartbeat;
    }

    void begin() {
      thread = Thread.currentThread().threadId();
    }

    void look() {
      long nanos = thread == 0 ? 0 : THREAD_TIMES.getThreadCpuTime(thread);
      if (nanos > computed) {
        computed = nanos;
        heartbeat.beat();
      }
    }
  }

  private static final ThreadMXBean THREAD_TIMES = ManagementFactory.getThreadMXBean();

  /** A call that takes longer is looked at so often. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** A piece of work in native code. */
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WorkThreads.pooled("millrace-duckdb"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Runs the work and waits for it. After an interrupt it returns only when the work has ended or
   * will never begin, so that what was lent to it is free again.
   *
   * @param cancel makes running work end soon; called when this thread is interrupted
   */
  static <T extends @Nullable Object> T call(Work<T> work, Runnable cancel)
      throws InterruptedException {
    return call(work, cancel, Heartbeat.NONE);
  }

  /** As {@link #call(Work, Runnable)}, for a call that may take long. */
  static <T extends @Nullable Object> T call(Work<T> work, Runnable cancel, Heartbeat heartbeat)
      throws InterruptedException {
    return call(work, cancel, heartbeat, LOOK);
  }

  /** As {@link #call(Work, Runnable, Heartbeat)}, with its own time between two looks. */
  static <T extends @Nullable Object> T call(
      Work<T> work, Runnable cancel, Heartbeat heartbeat, Duration look)
      throws InterruptedException {
    Pulse pulse = new Pulse(heartbeat);
    AtomicBoolean taken = new AtomicBoolean();
    CompletableFuture<T> result = new CompletableFuture<>();
    THREADS.execute(
        WorkThreads.carrying(
            () -> {
              if (taken.compareAndSet(false, true)) {
                pulse.begin();
                complete(result, work);
              }
            }));
    try {
      return await(result, pulse, look);
    } catch (InterruptedException e) {
      if (!taken.compareAndSet(false, true)) {
        cancelAndAwait(result, cancel);
      }
      throw e;
    } catch (ExecutionException e) {
      throw unwrap(e);
    }
  }

  /**
   * Runs work that opens something. What it has opened when an interrupt comes is closed, as nobody
   * else will: a database that stays open keeps its file locked as long as the process lives.
   */
  static <T> T open(Work<T> work, Consumer<T> close) throws InterruptedException {
    AtomicReference<@Nullable T> opened = new AtomicReference<>();
    try {
      return call(
          () -> {
            T made = work.run();
            opened.set(made);
            return made;
          },
          () -> {});
    } catch (InterruptedException e) {
      @Nullable T made = opened.get();
      if (made != null) {
        close.accept(made);
      }
      throw e;
    }
  }

  private static <T extends @Nullable Object> T await(
      CompletableFuture<T> result, Pulse pulse, Duration look)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return result.get(look.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        pulse.look();
      }
    }
  }

  /**
   * Runs work that must be done whatever happens, such as closing; an interrupt does not end it.
   */
  static void settle(Work<Boolean> work) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    THREADS.execute(WorkThreads.carrying(() -> complete(result, work)));
    try {
      result.join();
    } catch (CompletionException e) {
      // Who closes cannot do anything about it.
    }
  }

  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> result, Work<T> work) {
    try {
      result.complete(work.run());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static RuntimeException unwrap(ExecutionException failure) {
    return switch (failure.getCause()) {
      case SQLException e -> DuckDbErrors.sort(e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException(failure);
    };
  }

  private static void cancelAndAwait(CompletableFuture<?> result, Runnable cancel) {
    for (int i = 0; i < CANCELS_MAX; i++) {
      // A cancellation is lost when it comes between two statements, so it is repeated.
      cancel.run();
      try {
        result.get(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException | InterruptedException e) {
        // It still runs.
      } catch (ExecutionException e) {
        return;
      }
    }
    throw new SystemException(
        "duckdb_stuck", "DuckDB did not end a statement within 10 s of its cancellation.");
  }
}
