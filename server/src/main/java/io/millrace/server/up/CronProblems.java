package io.millrace.server.up;

import io.millrace.server.connection.CronRules;
import io.millrace.server.cron.CronException;
import io.millrace.server.cron.CronExpression;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;

/** Tells connections what is wrong with a cron expression. */
final class CronProblems implements CronRules {
  private final Clock clock;

  CronProblems(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<String> problem(String expression) {
    try {
      boolean fires =
          CronExpression.parse(expression).next(clock.instant(), ZoneOffset.UTC).isPresent();
      return fires ? Optional.empty() : Optional.of("it never fires.");
    } catch (CronException e) {
      return Optional.of(e.sentence());
    }
  }
}
