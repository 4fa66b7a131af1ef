package io.millrace.server.actor;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets connectors work while a request waits: a few at once, each for a bounded time. Thread-safe.
 */
public final class ConnectorCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorCalls.class);

  /** How many checks and discovers run at once; each may take memory and a connection. */
  public static final int AT_ONCE_MAX = 4;

  /**
   * How long a check may take, waiting for a place included. With {@link #ENDING_MAX} the answer is
   * there within a minute, when proxies and most clients give up.
   */
  public static final Duration CHECK_MAX = Duration.ofSeconds(50);

  /** How long a discover may take: 20,000 tables of a slow database. */
  public static final Duration DISCOVER_MAX = Duration.ofMinutes(5);

  /** How long a request waits for one of the places; never longer than what it may take. */
  private static final Duration PLACE_WAIT_MAX = Duration.ofSeconds(15);

  /** How long an interrupted connector has to end. */
  private static final Duration ENDING_MAX = Duration.ofSeconds(5);

  private final Semaphore places = new Semaphore(AT_ONCE_MAX, true);

  /**
   * Runs work on a thread of its own and returns its result.
   *
   * @param what what is done, for messages: {@code The check}
   * @param timeMax how long it may take, waiting for a place included
   * @param work opens the connector and closes it again, whatever happens
   * @throws ApiException 503 when every place stays taken
   * @throws TransientException when the time is over; the work is interrupted
   * @throws ConnectorException what the work throws; anything unforeseen as SystemException
   */
  public <T> T run(String what, Duration timeMax, Callable<T> work) throws InterruptedException {
    long began = System.nanoTime();
    Duration wait = timeMax.compareTo(PLACE_WAIT_MAX) < 0 ? timeMax : PLACE_WAIT_MAX;
    if (!places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ApiException(
          Fault.UNAVAILABLE,
          "The server is busy with other checks and discovers; try again in a minute.");
    }
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().name("connector-call").unstarted(releasing(task));
    thread.start();
    try {
      return task.get(timeMax.toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      end(thread);
      throw new TransientException(
          "time_over",
          what
              + " was ended after "
              + timeMax.toSeconds()
              + " s without an answer. Look whether the system is reachable from this machine, and"
              + " try again.",
          what,
          e);
    } catch (ExecutionException e) {
      throw failure(what, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    }
  }

  /** The place is free only when the connector has really ended. */
  private Runnable releasing(FutureTask<?> task) {
    return () -> {
      try {
        task.run();
      } finally {
        places.release();
      }
    };
  }

  private static void end(Thread thread) throws InterruptedException {
    thread.interrupt();
    if (!thread.join(ENDING_MAX)) {
      LOG.atWarn().addKeyValue("thread", thread.getName()).log("connector_call_does_not_end");
    }
  }

  private static RuntimeException failure(String what, Throwable cause) {
    if (cause instanceof ConnectorException known) {
      return known;
    }
    if (cause instanceof ApiException known) {
      return known;
    }
    LOG.atError().setCause(cause).log("connector_call_failed");
    return new SystemException(
        "unforeseen",
        what + " failed in a way that nobody foresaw; the server's log has the details.",
        cause.toString(),
        cause);
  }
}
