package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts connections when their time has come. Thread-safe.
 *
 * <p>One thread sleeps until the next time of all. It keeps the times in memory and reads the store
 * in one query: after a change, and when a time has come. A start that is refused is no error: a
 * cron waits for its next time, an overdue interval for the end of the job.
 *
 * <p>Its lock guards memory alone and is never held while the store is asked: whoever tells of a
 * change may still hold one of the store's connections.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /** The thread has so long to end. */
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Database database;
  private final JobStarter starter;
  private final Clock clock;
  private final ScheduleStore store = new ScheduleStore();
  private final Timetable timetable;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean dirty = true;
  private long changes;
  private long changesLoaded;
  private boolean closed;
  private @Nullable Instant kept;
  private @Nullable Instant alarm;
  private @Nullable Thread thread;

  /** Makes one that does nothing before {@link #start}. */
  public Scheduler(Database database, JobStarter starter, ScheduleSettings settings, Clock clock) {
    this.database = database;
    this.starter = starter;
    this.clock = clock;
    this.timetable =
        new Timetable(settings, database.read(store::seen).orElse(null), clock.instant());
  }

  /** Begins; what was missed is started at once. */
  public void start() {
    thread = Thread.ofVirtual().name("scheduler").start(this::run);
  }

  /**
   * Call after any change of a schedule or a status, and after a job began or ended; once the
   * change is committed.
   */
  public void changed() {
    lock.lock();
    try {
      changes++;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when a connection is started next, by what has been committed when {@link #changed} was
   * last called; empty where it is not scheduled. May read the store: not to be called within a
   * transaction.
   */
  public Optional<Instant> nextSyncAt(ConnectionId connection) {
    Instant now = clock.instant();
    if (locked(this::stale)) {
      reload(now);
    }
    return locked(() -> timetable.next(connection)).map(due -> due.isBefore(now) ? now : due);
  }

  /** Does what is due, and returns when to do so again. */
  Instant step() {
    Instant now = clock.instant();
    if (locked(() -> wantsToLoad(now))) {
      reload(now);
    }
    List<ConnectionId> due = locked(() -> timetable.due(now));
    due.forEach(connection -> start(connection, now));
    boolean any =
        locked(
            () -> {
              timetable.saw(now);
              dirty |= !due.isEmpty();
              return !timetable.isEmpty();
            });
    if (any) {
      keep(now);
    }
    return locked(
        () -> {
          Instant until = stale() ? now : next(now);
          Instant end = clock.instant();
          alarm = end.isAfter(until) ? end : until;
          return until;
        });
  }

  private boolean wantsToLoad(Instant now) {
    noteSleep(now);
    return stale() || !timetable.due(now).isEmpty();
  }

  private boolean stale() {
    return dirty || changesLoaded < changes;
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A step that takes long, or fails, makes nobody sleep: only a wait can turn out too long. */
  private void noteSleep(Instant now) {
    if (alarm != null && now.isAfter(alarm.plus(ScheduleSettings.SLEPT))) {
      LOG.atWarn().addKeyValue("until", now).addKeyValue("alarm", alarm).log("schedules_slept");
      timetable.awoke(now);
      dirty = true;
    }
    alarm = null;
  }

  /** Reads the store; of two that do so at once, what saw the newer changes stays. */
  private void reload(Instant now) {
    long known =
        locked(
            () -> {
              dirty = false;
              return changes;
            });
    try {
      List<ScheduledConnection> connections = database.read(store::list);
      note(() -> load(connections, known, now));
    } catch (RuntimeException e) {
      note(() -> dirty = true);
      throw e;
    }
  }

  private void load(List<ScheduledConnection> connections, long known, Instant now) {
    if (known > changesLoaded) {
      timetable.release();
    }
    if (known >= changesLoaded) {
      timetable.load(connections, now);
      changesLoaded = known;
    }
  }

  private void start(ConnectionId connection, Instant now) {
    try {
      @Nullable Instant newest = locked(() -> timetable.newest(connection));
      boolean started = starter.start(connection, newest);
      LOG.atInfo()
          .addKeyValue("connection", connection)
          .addKeyValue("started", started)
          .log("schedule_fired");
      note(() -> timetable.attempted(connection, now));
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("connection", connection).setCause(e).log("schedule_start_failed");
      note(() -> timetable.failed(connection, now));
    }
  }

  private void note(Runnable fact) {
    lock.lock();
    try {
      fact.run();
    } finally {
      lock.unlock();
    }
  }

  /** A process that comes after this one sees from here on what it missed. */
  private void keep(Instant now) {
    boolean old =
        kept == null || Duration.between(kept, now).abs().compareTo(ScheduleSettings.KEEP) >= 0;
    if (old) {
      database.change(tx -> store.saw(tx, now));
      kept = now;
    }
  }

  private Instant next(Instant now) {
    Instant look = now.plus(ScheduleSettings.LOOK);
    return timetable.next().filter(due -> due.isBefore(look)).orElse(look);
  }

  private void run() {
    while (true) {
      boolean again = false;
      Instant until = clock.instant().plus(ScheduleSettings.FAILED);
      try {
        until = step();
        again = true;
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("scheduler_step_failed");
      }
      if (!sleep(until, again)) {
        return;
      }
    }
  }

  /** Waits for a moment or a change; returns whether to go on. */
  private boolean sleep(Instant until, boolean unlessDirty) {
    lock.lock();
    try {
      long nanos = Duration.between(clock.instant(), until).plusMillis(1).toNanos();
      while (!closed && nanos > 0 && !(unlessDirty && stale())) {
        nanos = wake.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends; nothing is started from then on. */
  @Override
  public void close() {
    Thread running = thread;
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
    if (running != null) {
      try {
        if (!running.join(STOP)) {
          running.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
