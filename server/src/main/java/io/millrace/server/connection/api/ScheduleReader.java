package io.millrace.server.connection.api;

import io.millrace.server.connection.Schedule;
import io.millrace.server.cron.CronRules;
import io.millrace.server.cron.CronRules.Checked;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads schedules as the two APIs say them. */
public final class ScheduleReader {
  private enum Type {
    MANUAL,
    BASIC,
    CRON
  }

  private static final int UNITS_MAX = 1_000_000;
  private static final String TYPE = "scheduleType";
  private static final String DATA = "scheduleData";
  private static final String OLD = "schedule";
  private static final String BASIC = "basicSchedule";
  private static final String CRON = "cron";
  private static final String EXPRESSION = "cronExpression";
  private static final String ZONE = "cronTimeZone";
  static final String TIMING = "basicTiming";

  private final CronRules cron;

  /** Makes a reader that refuses expressions by these rules. */
  public ScheduleReader(CronRules cron) {
    this.cron = cron;
  }

  /**
   * Reads the schedule of a new connection; a manual one where nothing is said. What is wrong is
   * remembered in the body; a cron schedule that cannot be followed is answered with 400 where it
   * alone is.
   */
  public Schedule create(Body body) {
    if (body.has(OLD) && body.has(TYPE)) {
      body.wrong(OLD, "nothing beside scheduleType; use scheduleData");
      return new Schedule.Manual();
    }
    if (body.has(OLD)) {
      return basic(body.object(OLD));
    }
    Schedule schedule = typed(body);
    return schedule == null ? new Schedule.Manual() : schedule;
  }

  /** Like {@link #create} for an update; null where nothing is said. */
  public @Nullable Schedule update(Body body) {
    if (body.has(OLD)) {
      body.wrong(OLD, "nothing here; use scheduleType and scheduleData");
      return null;
    }
    return typed(body);
  }

  /** Reads what a search asks for: any of the forms, or null. */
  @Nullable Schedule search(Body body) {
    if (body.has(OLD)) {
      return basic(body.object(OLD));
    }
    return body.has(DATA) ? typed(body) : null;
  }

  /**
   * Reads the public API's {@code schedule}; what is wrong is remembered as {@link #create} does.
   */
  public Schedule ofPublic(Body body) {
    Type type = body.choice(TYPE, Type.class);
    String expression = body.textOrNull(EXPRESSION);
    String timing = body.textOrNull(TIMING);
    return switch (type) {
      case MANUAL -> new Schedule.Manual();
      case BASIC ->
          timing == null && body.has(TIMING) ? new Schedule.Manual() : timed(body, timing);
      case CRON ->
          body.has(EXPRESSION) && expression == null
              ? new Schedule.Manual()
              : followed(body, false, () -> cron.resource(expression));
    };
  }

  /** Returns a schedule; a manual one where the text is not what {@link BasicTiming} writes. */
  private static Schedule timed(Body body, @Nullable String timing) {
    Schedule read = timing == null ? null : BasicTiming.read(timing, UNITS_MAX).orElse(null);
    if (read == null) {
      body.wrong(TIMING, BasicTiming.EXPECTED + (timing == null ? "; it is required" : ""));
    }
    return read == null ? new Schedule.Manual() : read;
  }

  private @Nullable Schedule typed(Body body) {
    Type type = body.choiceOrNull(TYPE, Type.class);
    Body data = body.objectOrNull(DATA);
    if (type == null) {
      if (data != null && !body.has(TYPE)) {
        body.wrong(DATA, "scheduleType beside it");
      }
      return null;
    }
    return switch (type) {
      case MANUAL -> {
        if (data != null && (data.has(BASIC) || data.has(CRON))) {
          body.wrong(DATA, "no schedule data for scheduleType manual");
        }
        yield new Schedule.Manual();
      }
      case BASIC -> {
        if (data == null || !data.has(BASIC) || data.has(CRON)) {
          body.wrong(DATA, "basicSchedule alone, for scheduleType basic");
          yield new Schedule.Manual();
        }
        yield basic(data.object(BASIC));
      }
      case CRON -> cron(body, data);
    };
  }

  private Schedule cron(Body body, @Nullable Body data) {
    if (data == null || !data.has(CRON)) {
      ApiException missing = CronRules.missingData();
      body.wrong(DATA, "cron with cronExpression and cronTimeZone, for scheduleType cron", missing);
      return new Schedule.Manual();
    }
    if (data.has(BASIC)) {
      body.wrong(DATA, "cron alone, for scheduleType cron");
      return new Schedule.Manual();
    }
    Body given = data.object(CRON);
    String expression = given.textOrNull(EXPRESSION);
    String zone = given.textOrNull(ZONE);
    boolean unread =
        (given.has(EXPRESSION) && expression == null) || (given.has(ZONE) && zone == null);
    return unread
        ? new Schedule.Manual()
        : followed(given, expression != null && zone == null, () -> cron.config(expression, zone));
  }

  /** Returns a schedule; a manual one where the expression or its zone cannot be followed. */
  private static Schedule followed(Body body, boolean zoneMissing, Supplier<Checked> rule) {
    try {
      Checked checked = rule.get();
      return new Schedule.Cron(checked.expression(), checked.timeZone());
    } catch (ApiException e) {
      boolean zone =
          zoneMissing || (body.has(ZONE) && Objects.toString(e.type(), "").endsWith("-timezone"));
      String sentence = e.sentence();
      String reason =
          sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
      body.wrong(
          zone ? ZONE : EXPRESSION,
          (zone ? "a time zone" : "a cron expression") + " that can be followed (" + reason + ")",
          e);
      return new Schedule.Manual();
    }
  }

  private static Schedule basic(Body body) {
    return new Schedule.Basic(
        body.has("units") ? body.number("units", 1, 1, UNITS_MAX) : body.number("units"),
        body.choice("timeUnit", Schedule.TimeUnit.class));
  }
}
