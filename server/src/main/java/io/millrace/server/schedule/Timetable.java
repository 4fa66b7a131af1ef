package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.Schedule;
import io.millrace.server.cron.CronException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The next times of all connections, in memory. Belongs to one thread at a time. */
final class Timetable {
  private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

  /**
   * One connection.
   *
   * @param due when it is to be started; null for never
   * @param hold it was refused: an overdue start waits until then; null for no wait
   * @param owed its start failed and is due whatever its schedule says of later times
   */
  private record Entry(
      ScheduledConnection connection, @Nullable Instant due, @Nullable Instant hold, boolean owed) {
    Entry held(@Nullable Instant until) {
      return new Entry(connection, due, until, owed);
    }
  }

  private final ScheduleSettings settings;
  private Map<ConnectionId, Entry> entries = new HashMap<>();
  private @Nullable Instant seen;
  private Instant present;

  /** Nobody looked after the schedules from then until the present; null where nobody had ever. */
  private @Nullable Instant absent;

  /**
   * Makes an empty one.
   *
   * @param seen until when an earlier process had looked after every schedule; null where there was
   *     none
   * @param present since when this one does: what was due before that was missed, and what is late
   *     for any other reason is not
   */
  Timetable(ScheduleSettings settings, @Nullable Instant seen, Instant present) {
    this.settings = settings;
    this.seen = seen;
    this.present = present;
    this.absent = seen;
  }

  /** Takes the connections as they are now. */
  void load(List<ScheduledConnection> connections, Instant now) {
    if (seen != null && seen.isAfter(now.plus(ScheduleSettings.LOOK))) {
      LOG.atWarn().addKeyValue("seen", seen).addKeyValue("now", now).log("clock_set_back");
      seen = now;
      present = now;
      absent = now;
    }
    Map<ConnectionId, Entry> loaded = new HashMap<>();
    for (ScheduledConnection connection : connections) {
      loaded.put(connection.id(), entry(connection, entries.get(connection.id()), now));
    }
    entries = loaded;
  }

  private Entry entry(ScheduledConnection connection, @Nullable Entry before, Instant now) {
    boolean same = false;
    if (before != null) {
      same = before.connection.schedule().equals(connection.schedule());
      if (same && before.owed) {
        return new Entry(connection, before.due, null, true);
      }
    }
    Instant due = due(connection, same, now);
    Instant hold = before == null ? null : before.hold;
    ScheduledConnection.LastJob last = connection.lastJob();
    boolean overdue = due != null && !due.isAfter(now);
    if (overdue && connection.schedule() instanceof Schedule.Basic && last != null && last.open()) {
      hold = now.plus(ScheduleSettings.REFUSED);
    }
    return new Entry(
        connection, overdue && hold != null && hold.isAfter(now) ? hold : due, hold, false);
  }

  private @Nullable Instant due(ScheduledConnection connection, boolean known, Instant now) {
    Duration offset = settings.offset(connection.id());
    try {
      Instant time = NextRun.of(connection, after(connection, known, offset), now).orElse(null);
      if (time == null) {
        return null;
      }
      return connection.schedule() instanceof Schedule.Basic basic
          ? interval(connection, basic, time, offset, now)
          : time.plus(offset);
    } catch (CronException e) {
      if (!known) {
        LOG.atWarn()
            .addKeyValue("connection", connection.id())
            .addKeyValue("problem", e.sentence())
            .log("schedule_unreadable");
      }
      return null;
    }
  }

  /**
   * An interval counts from the job before, so that its runs keep their distance by themselves:
   * only runs that have no such time, or lost it, are put off.
   */
  private Instant interval(
      ScheduledConnection connection,
      Schedule.Basic basic,
      Instant time,
      Duration offset,
      Instant now) {
    Instant changed = connection.changedAt();
    boolean first = connection.lastJob() == null;
    if (!offset.isZero() && !changed.isAfter(now) && (first || !time.isAfter(changed))) {
      return changed.plus(offset);
    }
    if (first) {
      return time;
    }
    if (settings.missed() == MissedRuns.SKIP) {
      return NextRun.inRhythm(time, basic, present);
    }
    return missed(time) ? present.plus(offset) : time;
  }

  /** What an earlier process has seen due was put off by it already, and not for ever. */
  private boolean missed(Instant time) {
    return absent != null && time.isAfter(absent) && !time.isAfter(present);
  }

  /** A new schedule has no times before it was made; a known one none that were seen to. */
  private Instant after(ScheduledConnection connection, boolean known, Duration offset) {
    Instant looked = seen == null ? connection.changedAt() : seen.minus(offset);
    if (settings.missed() == MissedRuns.SKIP) {
      looked = later(looked, present.minus(offset));
    }
    return known ? looked : later(looked, connection.changedAt());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Returns who is to be started now, the longest due first. */
  List<ConnectionId> due(Instant now) {
    return entries.values().stream()
        .filter(entry -> entry.due != null && !entry.due.isAfter(now))
        .sorted(Comparator.comparing(entry -> String.valueOf(entry.due)))
        .map(entry -> entry.connection.id())
        .toList();
  }

  /** Returns when a connection's newest job was made, as far as is known; null for none. */
  @Nullable Instant newest(ConnectionId id) {
    Entry entry = entries.get(id);
    ScheduledConnection.LastJob last = entry == null ? null : entry.connection.lastJob();
    return last == null ? null : last.createdAt();
  }

  /** Takes note of a start: a refused or made one is not repeated before something changes. */
  void attempted(ConnectionId id, Instant now) {
    entries.computeIfPresent(
        id,
        (key, entry) ->
            new Entry(entry.connection, null, now.plus(ScheduleSettings.REFUSED), false));
  }

  /** Takes note of a start that failed: it is repeated. */
  void failed(ConnectionId id, Instant now) {
    entries.computeIfPresent(
        id,
        (key, entry) -> new Entry(entry.connection, now.plus(ScheduleSettings.FAILED), null, true));
  }

  /** Lets connections that were refused try again. */
  void release() {
    entries.replaceAll((id, entry) -> entry.held(null));
  }

  /** Takes note that nobody looked after the schedules until now: the machine slept. */
  void awoke(Instant now) {
    absent = seen;
    present = now;
  }

  /** Takes note that every time up to now has been seen to. */
  void saw(Instant now) {
    seen = now;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns when something is to be done next. */
  Optional<Instant> next() {
    return entries.values().stream()
        .flatMap(entry -> Optional.ofNullable(entry.due).stream())
        .min(Comparator.naturalOrder());
  }

  /** Returns when a connection is to be started. */
  Optional<Instant> next(ConnectionId id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::due);
  }
}
