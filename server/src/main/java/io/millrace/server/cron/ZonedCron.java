package io.millrace.server.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * An expression and the time zone it is meant in.
 *
 * @param expression the expression
 * @param zone an IANA zone
 */
public record ZonedCron(CronExpression expression, ZoneId zone) {
  private static final String ETC = "Etc";

  /**
   * Reads both.
   *
   * @throws CronException when one of them is wrong
   */
  public static ZonedCron parse(String expression, String zone) {
    return new ZonedCron(CronExpression.parse(expression), zone(zone));
  }

  /** Returns the first moment after this one at which it fires; empty when its years are over. */
  public Optional<Instant> next(Instant after) {
    return expression.next(after, zone);
  }

  private static ZoneId zone(String text) {
    String id = text.strip();
    if (id.isEmpty()) {
      throw new CronException(
          CronException.Kind.MISSING_COMPONENT,
          "The time zone of the cron expression is empty; expected an IANA zone such as UTC.");
    }
    if (id.startsWith(ETC)) {
      throw new CronException(
          CronException.Kind.UNSUPPORTED_TIMEZONE,
          "The time zone \""
              + FieldReader.shown(id)
              + "\" is not supported, like all under Etc; expected UTC or the zone of a place, such"
              + " as Europe/Berlin.");
    }
    if (!known(id)) {
      throw new CronException(
          CronException.Kind.INVALID_TIMEZONE,
          "There is no time zone \""
              + FieldReader.shown(id)
              + "\"; expected an IANA zone such as UTC or Europe/Berlin."
              + similar(id));
    }
    return ZoneId.of(id);
  }

  static boolean known(String id) {
    return ZoneId.getAvailableZoneIds().contains(id);
  }

  private static String similar(String id) {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(one -> one.equalsIgnoreCase(id))
        .findFirst()
        .map(one -> " Did you mean " + one + "?")
        .orElse("");
  }
}
