package io.millrace.server.cron;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Describes expressions to those who write them. */
public final class CronEndpoints {
  /** So many next times are answered. */
  private static final int EXECUTIONS = 5;

  private final Clock clock;

  /** Answers times after this clock's. */
  public CronEndpoints(Clock clock) {
    this.clock = clock;
  }

  /** Adds the call. */
  public void add(Routes routes) {
    routes.config(Access.READ, "/web_backend/describe_cron_expression", this::describe);
  }

  /** The answer; times are epoch seconds. */
  private record Description(
      String cronExpression, String cronTimeZone, String description, List<Long> nextExecutions) {}

  private Answer describe(Call call) {
    Body body = call.body();
    String expression = body.text("cronExpression");
    String zone = Objects.requireNonNullElse(body.textOrNull("cronTimeZone"), "UTC");
    body.check();
    try {
      ZonedCron cron = ZonedCron.parse(expression, zone);
      return Answer.ok(
          new Description(
              expression,
              cron.zone().getId(),
              cron.expression().description(),
              cron.expression().next(clock.instant(), cron.zone(), EXECUTIONS).stream()
                  .map(Instant::getEpochSecond)
                  .toList()));
    } catch (CronException e) {
      throw CronRules.problem(e, expression, zone);
    }
  }
}
