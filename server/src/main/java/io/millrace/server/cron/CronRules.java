package io.millrace.server.cron;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the two APIs take and show as cron; wrong ones become the errors that clients know. */
public final class CronRules {
  private static final String UTC = "UTC";

  private final Clock clock;

  /** Refuses expressions whose last time is before this clock's. */
  public CronRules(Clock clock) {
    this.clock = clock;
  }

  /**
   * An expression that is right.
   *
   * @param expression as it was given
   * @param timeZone the zone's id
   */
  public record Checked(String expression, String timeZone) {}

  /**
   * Checks the {@code cron} of the Config API's {@code scheduleData}.
   *
   * @throws ApiException 400 of a type {@code error:cron-validation/...}
   */
  public Checked config(@Nullable String expression, @Nullable String timeZone) {
    if (expression == null || expression.isBlank() || timeZone == null) {
      throw ApiException.typed(
          Fault.BAD_REQUEST,
          CronException.Kind.MISSING_COMPONENT.type(),
          "A cron schedule needs cronExpression and cronTimeZone; "
              + (expression == null ? "cronExpression" : "cronTimeZone")
              + " is missing.",
          Map.of());
    }
    return checked(expression, timeZone);
  }

  /** Returns the 400 for a cron schedule without its data. */
  public static ApiException missingData() {
    return ApiException.typed(
        Fault.BAD_REQUEST,
        "error:cron-validation/missing-cron-data",
        "A schedule of type cron needs scheduleData.cron with cronExpression and cronTimeZone.",
        Map.of());
  }

  /**
   * Checks the {@code cronExpression} of the public API: a zone may stand at its end and is UTC
   * where none does; neither seconds nor minutes may be {@code *}.
   *
   * @throws ApiException 400
   */
  public Checked resource(@Nullable String text) {
    if (text == null) {
      throw missingData();
    }
    String plain = text.strip();
    String last = plain.substring(plain.lastIndexOf(' ') + 1);
    boolean zoned = last.length() < plain.length() && ZonedCron.known(last);
    String expression = zoned ? plain.substring(0, plain.length() - last.length()).strip() : plain;
    Checked checked = checked(expression, zoned ? last : UTC);
    String[] fields = expression.split("\\s+");
    int minute = fields.length == 5 ? 0 : 1;
    for (int i = 0; i <= minute; i++) {
      if (fields[i].equals("*")) {
        throw new ApiException(
            Fault.BAD_REQUEST,
            "The cron expression \""
                + FieldReader.shown(expression)
                + "\" has * in its "
                + (i == minute ? "minute" : "second")
                + " field; expected a number, a range or a step.");
      }
    }
    return checked;
  }

  /** Returns the expression as the public API shows it. */
  public static String resourceText(String expression, String timeZone) {
    return expression + " " + timeZone;
  }

  private Checked checked(String expression, String timeZone) {
    try {
      ZonedCron cron = ZonedCron.parse(expression, timeZone);
      if (cron.next(clock.instant()).isEmpty()) {
        throw new CronException(
            CronException.Kind.INVALID_EXPRESSION,
            "The cron expression \""
                + FieldReader.shown(expression)
                + "\" never fires: its last year is over.");
      }
      return new Checked(expression, cron.zone().getId());
    } catch (CronException e) {
      throw problem(e, expression, timeZone);
    }
  }

  static ApiException problem(CronException wrong, String expression, String timeZone) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cronExpression", FieldReader.shown(expression));
    data.put("cronTimezone", FieldReader.shown(timeZone));
    data.put("validationErrorMessage", wrong.sentence());
    return ApiException.typed(Fault.BAD_REQUEST, wrong.kind().type(), wrong.sentence(), data);
  }
}
