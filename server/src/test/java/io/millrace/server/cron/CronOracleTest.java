package io.millrace.server.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random expressions against a walk through every minute of some days around the clock's jumps. */
final class CronOracleTest {
  private static final int EXPRESSIONS = 60;
  private static final int MINUTES = 4 * 24 * 60;

  /** Days with a jump in one of the zones, and days without. */
  private static final List<Instant> STARTS =
      List.of(
          Instant.parse("2026-03-07T00:00:00Z"),
          Instant.parse("2026-03-28T00:00:00Z"),
          Instant.parse("2026-04-03T12:00:00Z"),
          Instant.parse("2026-10-02T12:00:00Z"),
          Instant.parse("2026-10-24T00:00:00Z"),
          Instant.parse("2026-10-31T00:00:00Z"),
          Instant.parse("2027-12-30T00:00:00Z"),
          Instant.parse("2028-02-27T00:00:00Z"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Asia/Kathmandu"
      })
  void firesInTheSameMinutesAsAWalkSays(String name) {
    ZoneId zone = ZoneId.of(name);
    for (long seed = 0; seed < EXPRESSIONS; seed++) {
      RandomCron random = RandomCron.of(new Random(seed));
      CronExpression cron = CronExpression.parse(random.text());
      Instant start = STARTS.get((int) (seed % STARTS.size()));
      assertThat(found(cron, zone, start))
          .as("seed %s: %s in %s from %s", seed, random.text(), zone, start)
          .isEqualTo(walked(random, zone, start));
    }
  }

  private static List<Instant> found(CronExpression cron, ZoneId zone, Instant start) {
    Instant end = start.plus(Duration.ofMinutes(MINUTES));
    List<Instant> times = new ArrayList<>();
    Instant at = cron.next(start.minusSeconds(1), zone).orElse(Instant.MAX);
    while (at.isBefore(end)) {
      times.add(at);
      at = cron.next(at, zone).orElse(Instant.MAX);
    }
    return times;
  }

  /** Begins a day early, so that it has seen what the clock showed before. */
  private static List<Instant> walked(RandomCron random, ZoneId zone, Instant start) {
    Set<Instant> times = new TreeSet<>();
    Set<LocalDateTime> shown = new HashSet<>();
    LocalDateTime before = null;
    for (int minute = -24 * 60; minute < MINUTES; minute++) {
      Instant now = start.plus(Duration.ofMinutes(minute));
      LocalDateTime time = now.atZone(zone).toLocalDateTime();
      if (!random.elapsing() && before != null) {
        // What the clock skips comes so many minutes later as it would have without the jump.
        for (LocalDateTime skipped = before.plusMinutes(1);
            skipped.isBefore(time);
            skipped = skipped.plusMinutes(1)) {
          if (random.matches(skipped)) {
            times.add(now.plus(Duration.between(before.plusMinutes(1), skipped)));
          }
        }
      }
      boolean again = !shown.add(time);
      if (random.matches(time) && (random.elapsing() || !again)) {
        times.add(now);
      }
      before = time;
    }
    Instant end = start.atOffset(ZoneOffset.UTC).plusMinutes(MINUTES).toInstant();
    return times.stream().filter(at -> !at.isBefore(start) && at.isBefore(end)).toList();
  }
}
