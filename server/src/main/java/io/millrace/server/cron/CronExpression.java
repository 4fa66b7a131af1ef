package io.millrace.server.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cron expression: five fields as Unix writes them, six or seven as Quartz does.
 *
 * <p>Where the clock jumps, a fixed hour fires once that day: in a gap later by the length of the
 * gap, in an overlap at the first of the two times. An hour field with {@code *} or a step follows
 * elapsed time: whatever the clock shows is compared, so such an expression fires on in an overlap
 * and has nothing to fire in a gap.
 */
public final class CronExpression {
  private static final int CHARS_MAX = 256;
  private static final String FIELDS_EXPECTED =
      "expected 5 (minute hour day-of-month month day-of-week) or 6 to 7 (second minute hour"
          + " day-of-month month day-of-week year)";

  private final String text;
  private final BitSet seconds;
  private final BitSet minutes;
  private final boolean elapsing;
  private final BitSet hours;
  private final CronDays days;
  private final BitSet months;
  private final BitSet years;

  private CronExpression(String text, CronDialect dialect, List<String> fields) {
    FieldReader reader = new FieldReader(text, dialect);
    this.text = text;
    this.seconds = reader.numbers(CronField.SECOND, fields.get(0));
    this.minutes = reader.numbers(CronField.MINUTE, fields.get(1));
    this.hours = reader.numbers(CronField.HOUR, fields.get(2));
    this.elapsing = fields.get(2).contains("*") || fields.get(2).contains("/");
    this.months = reader.numbers(CronField.MONTH, fields.get(4));
    this.years = reader.numbers(CronField.YEAR, fields.get(6));
    this.days =
        dialect == CronDialect.UNIX
            ? unixDays(reader, fields.get(3), fields.get(5))
            : quartzDays(reader, text, fields.get(3), fields.get(5));
  }

  /**
   * Reads an expression.
   *
   * @throws CronException when it is none, or names dates that do not exist; the sentence names the
   *     field
   */
  public static CronExpression parse(String text) {
    String plain = text.strip();
    if (plain.isEmpty()) {
      throw new CronException(
          CronException.Kind.MISSING_COMPONENT, "The cron expression is empty.");
    }
    if (plain.length() > CHARS_MAX) {
      throw invalid(plain, "has " + plain.length() + " characters; expected at most " + CHARS_MAX);
    }
    List<String> fields = List.of(plain.split("\\s+"));
    CronExpression expression =
        switch (fields.size()) {
          case 5 ->
              new CronExpression(
                  plain,
                  CronDialect.UNIX,
                  List.of(
                      "0",
                      fields.get(0),
                      fields.get(1),
                      fields.get(2),
                      fields.get(3),
                      fields.get(4),
                      "*"));
          case 6 -> new CronExpression(plain, CronDialect.QUARTZ, withYear(fields));
          case 7 -> new CronExpression(plain, CronDialect.QUARTZ, fields);
          default -> throw invalid(plain, "has " + fields.size() + " fields; " + FIELDS_EXPECTED);
        };
    if (new CronTimes(expression).first().isEmpty()) {
      throw invalid(plain, "never fires: no year has such a day");
    }
    return expression;
  }

  private static List<String> withYear(List<String> fields) {
    return List.of(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(4),
        fields.get(5),
        "*");
  }

  private static CronDays unixDays(FieldReader reader, String ofMonth, String ofWeek) {
    CronDays.Join join =
        ofMonth.startsWith("*") || ofWeek.startsWith("*")
            ? CronDays.Join.BOTH
            : CronDays.Join.EITHER;
    return new CronDays(reader.daysOfMonth(ofMonth), reader.daysOfWeek(ofWeek), join);
  }

  private static CronDays quartzDays(
      FieldReader reader, String text, String ofMonth, String ofWeek) {
    if (ofMonth.equals("?") == ofWeek.equals("?")) {
      throw invalid(
          text,
          "has \""
              + FieldReader.shown(ofMonth)
              + "\" in the day-of-month field and \""
              + FieldReader.shown(ofWeek)
              + "\" in the day-of-week field; expected ? in exactly one of them");
    }
    return ofMonth.equals("?")
        ? new CronDays(List.of(), reader.daysOfWeek(ofWeek), CronDays.Join.WEEK_ALONE)
        : new CronDays(reader.daysOfMonth(ofMonth), List.of(), CronDays.Join.MONTH_ALONE);
  }

  private static CronException invalid(String text, String problem) {
    return new CronException(
        CronException.Kind.INVALID_EXPRESSION,
        "The cron expression \"" + FieldReader.shown(text) + "\" " + problem + ".");
  }

  /** Returns the first moment after this one at which it fires; empty when its years are over. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    return new CronTimes(this).next(after, zone.getRules());
  }

  /** Returns the first moments after this one at which it fires, at most so many. */
  public List<Instant> next(Instant after, ZoneId zone, int count) {
    return Stream.iterate(
            next(after, zone), Optional::isPresent, last -> last.flatMap(at -> next(at, zone)))
        .limit(count)
        .map(Optional::orElseThrow)
        .toList();
  }

  /** Says in plain English when it fires. */
  public String description() {
    return new CronDescription(this).text();
  }

  /** Returns the expression as it was written. */
  @Override
  public String toString() {
    return text;
  }

  BitSet seconds() {
    return seconds;
  }

  BitSet minutes() {
    return minutes;
  }

  BitSet hours() {
    return hours;
  }

  /** Tells whether it follows elapsed time where the clock jumps. */
  boolean elapsing() {
    return elapsing;
  }

  CronDays days() {
    return days;
  }

  BitSet months() {
    return months;
  }

  BitSet years() {
    return years;
  }
}
