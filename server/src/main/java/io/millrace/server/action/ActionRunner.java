package io.millrace.server.action;

import io.millrace.server.notification.Webhook;
import io.millrace.server.operation.OperationCalls;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what follows the ends of jobs. Thread-safe.
 *
 * <p>What is to be done was written down with the job's end, by {@link ActionPlan}, so a kill at
 * any moment loses nothing: an action that may have run is run again. The actions of one job follow
 * each other in their order, however each of them ends; those of different jobs run side by side.
 */
public final class ActionRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);

  private static final Duration FAILED = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final int NEXT_MAX = 200;

  private final Database database;
  private final Clock clock;
  private final ActionRunStore runs;
  private final ActionWork work;
  private final Webhook webhook = new Webhook(ActionSettings.WEBHOOK_TIMEOUT);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private final Map<ActionRun.Key, Thread> running = new HashMap<>();
  private boolean woken = true;
  private boolean freed;
  private boolean closed;
  private @Nullable Instant swept;
  private @Nullable Thread thread;

  /** Makes one that does nothing before {@link #start}. */
  public ActionRunner(
      Database database,
      TextSeal seal,
      ChainStarter starter,
      SqlRunner sql,
      ActionReport report,
      Clock clock) {
    this.database = database;
    this.clock = clock;
    this.runs = new ActionRunStore(seal);
    this.work =
        new ActionWork(
            database,
            runs,
            starter,
            webhook,
            new OperationCalls(database, webhook, seal::open),
            sql,
            report,
            clock);
  }

  /** Begins, with what an earlier process left undone. */
  public void start() {
    thread = Thread.ofVirtual().name("actions").start(this::run);
  }

  /** Call when a job has ended, once that is committed; who forgets it is helped a minute later. */
  public void jobEnded() {
    lock.lock();
    try {
      woken = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      Instant until = clock.instant().plus(FAILED);
      boolean ended = takeWoken();
      try {
        tidy(ended);
        until = begin();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("actions_step_failed");
      }
      if (!sleep(until)) {
        return;
      }
    }
  }

  private boolean takeWoken() {
    lock.lock();
    try {
      boolean was = woken;
      woken = false;
      freed = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Lets starts that wait try again when a job has ended; forgets what is old. */
  private void tidy(boolean ended) {
    Instant now = clock.instant();
    if (ended && database.read(tx -> runs.anyoneWaits(tx, now))) {
      database.change(tx -> runs.release(tx, now));
    }
    if (swept == null || swept.plus(Duration.ofDays(1)).isBefore(now)) {
      database.change(tx -> runs.forget(tx, now.minus(ActionSettings.KEEP)));
      swept = now;
    }
  }

  /** Begins what is due, and returns when to look again. */
  private Instant begin() {
    Instant now = clock.instant();
    Instant next = now.plus(ActionSettings.LOOK);
    for (ActionRun run : work.next(NEXT_MAX)) {
      if (run.notBefore().isAfter(now)) {
        next = run.notBefore().isBefore(next) ? run.notBefore() : next;
      } else if (!launch(run)) {
        return next;
      }
    }
    return next;
  }

  /** Returns whether there is room for more. */
  private boolean launch(ActionRun run) {
    lock.lock();
    try {
      if (closed || running.size() >= ActionSettings.PARALLEL_MAX) {
        return false;
      }
      if (!running.containsKey(run.key())) {
        Thread one = Thread.ofVirtual().name("action").unstarted(() -> perform(run));
        running.put(run.key(), one);
        one.start();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void perform(ActionRun run) {
    try {
      work.perform(run);
    } catch (InterruptedException e) {
      // The server stops; the next one does it again.
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("job", run.job()).setCause(e).log("action_not_recorded");
      pause();
    } finally {
      lock.lock();
      try {
        running.remove(run.key());
        freed = true;
        wake.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Keeps an action that cannot even be written down from being begun without end. */
  private static void pause() {
    try {
      Thread.sleep(FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a moment, an end of a job, or room. Returns whether to go on. */
  private boolean sleep(Instant until) {
    lock.lock();
    try {
      long nanos = Duration.between(clock.instant(), until).plusMillis(1).toNanos();
      while (!closed && !woken && !freed && nanos > 0) {
        nanos = wake.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends; what runs is interrupted and done again by the next process. */
  @Override
  public void close() {
    List<Thread> ending;
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
      ending = List.copyOf(running.values());
    } finally {
      lock.unlock();
    }
    ending.forEach(Thread::interrupt);
    try {
      for (Thread one : ending) {
        boolean ignored = one.join(STOP);
      }
      if (thread != null) {
        boolean ignored = thread.join(STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    webhook.close();
  }
}
