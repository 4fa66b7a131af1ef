package io.millrace.spi;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Makes the threads that work for a sync. What is logged on them carries the keys of the thread
 * that asked for them, such as the job's number, so that a line finds its way into the job's log.
 *
 * <p>The engine and the connectors start threads here and nowhere else. The threads of libraries
 * (HTTP clients, SSH) are their own affair.
 */
public final class WorkThreads {
  private WorkThreads() {}

  /** Returns a virtual thread, to be started, for work that mostly waits. */
  public static Thread virtual(String name, Runnable work) {
    return Thread.ofVirtual().name(name).unstarted(carrying(work));
  }

  /** Returns a platform thread, to be started, for native calls and work that computes. */
  public static Thread platform(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).unstarted(carrying(work));
  }

  /**
   * Returns what makes the platform threads of a pool. They outlive who asked for them, so they
   * carry nothing: what is given to the pool is wrapped by {@link #carrying}.
   */
  public static ThreadFactory pooled(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }

  /** Returns work that is logged under the keys of this thread, whatever thread runs it. */
  public static Runnable carrying(Runnable work) {
    Callable<Boolean> call = carrying(Executors.callable(work, true));
    return () -> {
      try {
        call.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("A Runnable threw a checked exception.", e);
      }
    };
  }

  /** Returns work that is logged under the keys of this thread, whatever thread runs it. */
  public static <T> Callable<T> carrying(Callable<T> work) {
    @Nullable Map<String, String> keys = MDC.getCopyOfContextMap();
    return () -> {
      @Nullable Map<String, String> own = MDC.getCopyOfContextMap();
      set(keys);
      try {
        return work.call();
      } finally {
        set(own);
      }
    };
  }

  private static void set(@Nullable Map<String, String> keys) {
    if (keys == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(keys);
    }
  }
}
