package io.millrace.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.Schedule.TimeUnit;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class SchedulerTest {
  private static final Instant START = Instant.parse("2026-11-28T11:59:10Z");
  private static final Schedule HOURLY_CRON = new Schedule.Cron("0 * * * *", "UTC");
  private static final ScheduleSettings SKIPPING =
      new ScheduleSettings(Duration.ZERO, MissedRuns.SKIP);
  private static final ScheduleSettings SPREAD =
      new ScheduleSettings(Duration.ofMinutes(10), MissedRuns.ONCE);
  private static final Schedule HOURLY = new Schedule.Basic(1, TimeUnit.HOURS);

  private final Dialect dialect;
  private final ManualClock clock = new ManualClock(START);
  @TempDir private Path folder;
  private Database database;
  private Shop shop;
  private Scheduler scheduler;

  SchedulerTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    database = TestStore.open(dialect, folder);
    shop = new Shop(database, clock);
    scheduler = scheduler(ScheduleSettings.DEFAULTS);
  }

  @AfterEach
  void close() {
    scheduler.close();
    database.close();
  }

  private Scheduler scheduler(ScheduleSettings settings) {
    return new Scheduler(database, shop, settings, clock);
  }

  /** Goes from one due time to the next. */
  private void run(Scheduler one, Instant end) {
    Instant next = one.step();
    while (next.isBefore(end)) {
      clock.set(next.isBefore(clock.instant()) ? clock.instant() : next);
      next = one.step();
    }
    clock.set(end);
  }

  @Test
  void firesACronAtItsTimesAlone() {
    ConnectionId id = shop.add(HOURLY_CRON);
    run(scheduler, at("15:30:00"));
    assertThat(shop.starts(id))
        .containsExactly(at("12:00:00"), at("13:00:00"), at("14:00:00"), at("15:00:00"));
    assertThat(scheduler.nextSyncAt(id)).contains(at("16:00:00"));
  }

  /** The run of the one is over before the other, which has decided already, takes its turn. */
  @Test
  void ofTwoServersOneStartsARun() {
    ConnectionId cron = shop.add(HOURLY_CRON);
    ConnectionId interval = shop.add(HOURLY);
    try (Scheduler other =
        new Scheduler(
            database,
            (id, newest) -> {
              scheduler.step();
              return shop.start(id, newest);
            },
            ScheduleSettings.DEFAULTS,
            clock)) {
      scheduler.step();
      run(other, at("15:30:00"));
      assertThat(shop.starts(cron))
          .containsExactly(at("12:00:00"), at("13:00:00"), at("14:00:00"), at("15:00:00"));
      assertThat(shop.starts(interval))
          .containsExactly(at("11:59:10"), at("12:59:10"), at("13:59:10"), at("14:59:10"));
    }
  }

  @Test
  void firesEveryMinute() {
    ConnectionId id = shop.add(new Schedule.Cron("* * * * *", "UTC"));
    run(scheduler, at("12:04:30"));
    assertThat(shop.starts(id)).hasSize(5);
  }

  @Test
  void runsAnIntervalAtOnceAndThenInItsRhythm() {
    ConnectionId id = shop.add(HOURLY);
    run(scheduler, at("14:30:00"));
    assertThat(shop.starts(id)).containsExactly(at("11:59:10"), at("12:59:10"), at("13:59:10"));
  }

  @Test
  void movesAnIntervalWhenSomebodyStartsItButNoCron() {
    ConnectionId interval = shop.add(HOURLY);
    ConnectionId cron = shop.add(HOURLY_CRON);
    run(scheduler, at("12:30:00"));
    shop.job(interval);
    shop.job(cron);
    run(scheduler, at("13:15:00"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"));
    assertThat(shop.starts(cron)).containsExactly(at("12:00:00"), at("13:00:00"));
    assertThat(scheduler.nextSyncAt(interval)).contains(at("13:30:00"));
  }

  @Test
  void waitsForTheEndOfARunThatLastsTooLong() {
    shop.ends = false;
    ConnectionId interval = shop.add(HOURLY);
    ConnectionId cron = shop.add(HOURLY_CRON);
    run(scheduler, at("13:20:00"));
    assertThat(shop.starts(interval)).hasSize(1);
    assertThat(shop.starts(cron)).hasSize(1);
    shop.end(interval);
    shop.end(cron);
    scheduler.changed();
    run(scheduler, at("13:20:01"));
    assertThat(shop.starts(interval)).last().isEqualTo(at("13:20:00"));
    assertThat(shop.starts(cron)).hasSize(1);
    assertThat(scheduler.nextSyncAt(cron)).contains(at("14:00:00"));
  }

  @Test
  void followsChangesAtOnce() {
    ConnectionId id = shop.add(HOURLY_CRON);
    run(scheduler, at("12:00:30"));
    shop.change(id, "active", new Schedule.Cron("5 12 * * *", "UTC"));
    scheduler.changed();
    assertThat(scheduler.nextSyncAt(id)).contains(at("12:05:00"));
    run(scheduler, at("12:01:00"));
    shop.change(id, "inactive", HOURLY_CRON);
    scheduler.changed();
    assertThat(scheduler.nextSyncAt(id)).isEmpty();
    run(scheduler, at("18:00:00"));
    shop.change(id, "active", HOURLY_CRON);
    scheduler.changed();
    assertThat(scheduler.nextSyncAt(id)).contains(at("19:00:00"));
    assertThat(shop.starts(id)).containsExactly(at("12:00:00"));
  }

  @Test
  void hasNoTimesBeforeAScheduleWasMade() {
    run(scheduler, at("12:00:20"));
    ConnectionId id = shop.add(HOURLY_CRON);
    scheduler.changed();
    run(scheduler, at("12:59:00"));
    assertThat(shop.starts(id)).isEmpty();
  }

  @Test
  void runsWhatWasMissedOnceAfterTheStart() {
    ConnectionId cron = shop.add(HOURLY_CRON);
    ConnectionId daily = shop.add(new Schedule.Cron("0 6 * * *", "UTC"));
    ConnectionId interval = shop.add(HOURLY);
    run(scheduler, at("12:30:00"));
    clock.set(at("17:45:00"));
    Scheduler after = scheduler(ScheduleSettings.DEFAULTS);
    run(after, at("17:46:00"));
    assertThat(shop.starts(cron)).containsExactly(at("12:00:00"), at("17:45:00"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"), at("17:45:00"));
    assertThat(shop.starts(daily)).isEmpty();
    run(after, at("18:00:10"));
    assertThat(shop.starts(cron)).last().isEqualTo(at("18:00:00"));
  }

  @Test
  void leavesMissedRunsOutWhereItIsTold() {
    ConnectionId cron = shop.add(HOURLY_CRON);
    ConnectionId interval = shop.add(HOURLY);
    run(scheduler, at("12:30:00"));
    clock.set(at("17:45:00"));
    Scheduler after = scheduler(SKIPPING);
    run(after, at("18:00:10"));
    assertThat(shop.starts(cron)).containsExactly(at("12:00:00"), at("18:00:00"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"), at("17:59:10"));
  }

  @Test
  void leavesOutWhatWasMissedByAMoment() {
    ConnectionId cron = shop.add(HOURLY_CRON);
    ConnectionId interval = shop.add(HOURLY);
    run(scheduler, at("12:59:05"));
    clock.set(at("13:00:20"));
    Scheduler after = scheduler(SKIPPING);
    run(after, at("13:59:00"));
    assertThat(shop.starts(cron)).containsExactly(at("12:00:00"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"));
    assertThat(after.nextSyncAt(interval)).contains(at("13:59:10"));
    run(after, at("14:00:10"));
    assertThat(shop.starts(cron)).last().isEqualTo(at("14:00:00"));
    assertThat(shop.starts(interval)).last().isEqualTo(at("13:59:10"));
  }

  @Test
  void leavesOutNothingThatIsLateBecauseTheServerWasBusy() {
    Scheduler skipping = scheduler(SKIPPING);
    ConnectionId interval = shop.add(HOURLY);
    ConnectionId cron = shop.add(HOURLY_CRON);
    shop.meanwhile =
        () -> {
          clock.advance(Duration.ofMinutes(5));
          shop.meanwhile = () -> {};
        };
    run(skipping, at("12:30:00"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"));
    assertThat(shop.starts(cron)).containsExactly(at("12:04:10"));
  }

  @Test
  void startsAnIntervalAfterALongRunThoughMissedOnesAreLeftOut() {
    Scheduler skipping = scheduler(SKIPPING);
    shop.ends = false;
    ConnectionId interval = shop.add(HOURLY);
    run(skipping, at("13:20:00"));
    shop.end(interval);
    skipping.changed();
    run(skipping, at("13:20:01"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"), at("13:20:00"));
  }

  @Test
  void leavesOutWhatWasMissedWhileTheMachineSlept() {
    Scheduler skipping = scheduler(SKIPPING);
    ConnectionId cron = shop.add(HOURLY_CRON);
    ConnectionId interval = shop.add(HOURLY);
    run(skipping, at("12:30:00"));
    clock.set(at("17:45:00"));
    run(skipping, at("18:00:10"));
    assertThat(shop.starts(cron)).containsExactly(at("12:00:00"), at("18:00:00"));
    assertThat(shop.starts(interval)).containsExactly(at("11:59:10"), at("17:59:10"));
  }

  @Test
  void sleepsThroughNoJumpOfTheClock() {
    ConnectionId id = shop.add(HOURLY_CRON);
    run(scheduler, at("12:30:00"));
    clock.advance(Duration.ofDays(3));
    scheduler.step();
    assertThat(shop.starts(id)).hasSize(2);
    clock.advance(Duration.ofDays(-2));
    scheduler.changed();
    run(scheduler, clock.instant().plus(Duration.ofHours(2)));
    assertThat(shop.starts(id)).hasSize(4);
  }

  @Test
  void triesAgainWhenAStartFails() {
    ConnectionId id = shop.add(HOURLY_CRON);
    shop.failures = 2;
    run(scheduler, at("12:30:00"));
    assertThat(shop.starts(id)).containsExactly(at("12:00:20"));
  }

  @Test
  void spreadsRunsWhereItIsTold() {
    List<ConnectionId> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(shop.add(HOURLY_CRON));
    }
    run(scheduler(SPREAD), at("13:30:00"));
    for (ConnectionId id : ids) {
      List<Instant> starts = shop.starts(id);
      assertThat(starts).hasSize(2);
      assertThat(starts.getFirst()).isBetween(at("12:00:00"), at("12:10:00"));
      assertThat(Duration.between(starts.getFirst(), starts.getLast()))
          .isEqualTo(Duration.ofHours(1));
    }
    assertThat(ids.stream().map(id -> shop.starts(id).getFirst()).distinct())
        .hasSizeGreaterThan(10);
  }

  /** Only the first run is put off: an interval keeps its length for good. */
  @Test
  void spreadsIntervalsWithoutStretchingThem() {
    List<ConnectionId> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(shop.add(HOURLY));
    }
    Scheduler spread = scheduler(SPREAD);
    run(spread, at("14:30:00"));
    for (ConnectionId id : ids) {
      List<Instant> starts = shop.starts(id);
      assertThat(starts.getFirst()).isBetween(START, START.plus(SPREAD.offset(id)).plusMillis(1));
      assertThat(distances(starts)).isNotEmpty().containsOnly(Duration.ofHours(1));
      assertThat(spread.nextSyncAt(id)).contains(starts.getLast().plus(Duration.ofHours(1)));
    }
    assertThat(ids.stream().map(id -> shop.starts(id).getFirst()).distinct())
        .hasSizeGreaterThan(10);
  }

  @Test
  void spreadsIntervalsThatAreSwitchedOnOrMissedAtOneTime() {
    Scheduler spread = scheduler(SPREAD);
    ConnectionId id = shop.add(HOURLY);
    Duration offset = SPREAD.offset(id);
    run(spread, at("12:30:00"));
    shop.change(id, "inactive", HOURLY);
    spread.changed();
    run(spread, at("18:00:00"));
    shop.change(id, "active", HOURLY);
    spread.changed();
    assertThat(spread.nextSyncAt(id)).contains(at("18:00:00").plus(offset));
    run(spread, at("18:30:00"));
    clock.set(at("22:00:00"));
    Scheduler after = scheduler(SPREAD);
    run(after, at("23:30:00"));
    assertThat(shop.starts(id))
        .containsExactly(
            START.plus(offset),
            at("18:00:00").plus(offset),
            at("22:00:00").plus(offset),
            at("23:00:00").plus(offset));
  }

  /** A process that never lives as long as the part puts nothing off for ever. */
  @Test
  void putsOffNothingTwice() {
    Duration restart = Duration.ofMinutes(1);
    ScheduleSettings long60 = new ScheduleSettings(Duration.ofHours(1), MissedRuns.ONCE);
    ConnectionId id = shop.add(HOURLY);
    while (long60.offset(id).compareTo(restart.multipliedBy(3)) < 0) {
      id = shop.add(HOURLY);
    }
    scheduler.step();
    clock.set(at("18:00:00"));
    scheduler(long60).step();
    assertThat(shop.starts(id)).hasSize(1);
    clock.advance(restart);
    scheduler(long60).step();
    assertThat(shop.starts(id)).hasSize(2);
  }

  private static List<Duration> distances(List<Instant> starts) {
    List<Duration> distances = new ArrayList<>();
    for (int i = 1; i < starts.size(); i++) {
      distances.add(Duration.between(starts.get(i - 1), starts.get(i)));
    }
    return distances;
  }

  @Test
  void keepsAThousandConnectionsOfWhichFiftyFireInOneMinute() {
    for (int i = 0; i < 950; i++) {
      shop.add(new Schedule.Cron(i % 60 + " 3 * * *", "Europe/Berlin"));
    }
    for (int i = 0; i < 50; i++) {
      shop.add(HOURLY_CRON);
    }
    run(scheduler, at("12:01:00"));
    assertThat(shop.started()).isEqualTo(50);
  }

  @Test
  void wakesByItself() throws InterruptedException {
    ConnectionId missed = shop.add(HOURLY);
    try (Scheduler real =
        new Scheduler(database, shop, ScheduleSettings.DEFAULTS, Clock.systemUTC())) {
      real.start();
      await(missed);
      ConnectionId added = shop.add(new Schedule.Cron("* * * * * ?", "UTC"));
      real.changed();
      await(added);
    }
  }

  /** Who tells of a change may still hold the connection that the scheduler waits for. */
  @Test
  @Timeout(20)
  void hearsOfChangesWhileItWaitsForTheStore() throws Exception {
    shop.add(HOURLY_CRON);
    List<Thread> waiting = new ArrayList<>();
    database.change(
        tx -> {
          tx.execute("UPDATE setting SET value = value");
          waiting.add(Thread.ofPlatform().start(scheduler::step));
          while (waiting.getFirst().getState() != Thread.State.TIMED_WAITING
              && waiting.getFirst().isAlive()) {
            Thread.onSpinWait();
          }
          scheduler.changed();
        });
    waiting.getFirst().join();
  }

  private void await(ConnectionId id) throws InterruptedException {
    while (shop.starts(id).isEmpty()) {
      Thread.sleep(20);
    }
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-28T" + time + "Z");
  }
}
