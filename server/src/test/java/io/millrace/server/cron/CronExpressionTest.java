package io.millrace.server.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronExpressionTest {
  /** Times are of UTC, without their day where it is the same, in the order in which they fire. */
  @ParameterizedTest(name = "{0} after {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 6 * * *          | 2026-01-01T06:00:00Z    | 2026-01-02T06:00:00Z 2026-01-03T06:00:00Z
          0 6 * * *          | 2026-01-01T05:59:59.9Z  | 2026-01-01T06:00:00Z 2026-01-02T06:00:00Z
          */15 * * * *       | 2026-01-01T00:00:00Z    | 2026-01-01T00:15:00Z 2026-01-01T00:30:00Z
          */25 * * * *       | 2026-01-01T00:25:00Z    | 2026-01-01T00:50:00Z 2026-01-01T01:00:00Z
          10-20/5 * * * *    | 2026-01-01T00:10:00Z    | 2026-01-01T00:15:00Z 2026-01-01T00:20:00Z
          50/5 * * * *       | 2026-01-01T00:50:00Z    | 2026-01-01T00:55:00Z 2026-01-01T01:50:00Z
          0 0 * * 0          | 2026-01-01T00:00:00Z    | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          0 0 * * 7          | 2026-01-01T00:00:00Z    | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          0 0 * * sun        | 2026-01-01T00:00:00Z    | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          0 0 * * 5-7        | 2026-01-02T00:00:00Z    | 2026-01-03T00:00:00Z 2026-01-04T00:00:00Z
          0 0 * * SAT-SUN    | 2026-01-01T00:00:00Z    | 2026-01-03T00:00:00Z 2026-01-04T00:00:00Z
          0 0 13 * 5         | 2026-02-06T00:00:00Z    | 2026-02-13T00:00:00Z 2026-02-20T00:00:00Z
          0 0 1,15 * 1       | 2026-01-12T00:00:00Z    | 2026-01-15T00:00:00Z 2026-01-19T00:00:00Z
          0 0 */2 * 1        | 2026-01-01T00:00:00Z    | 2026-01-05T00:00:00Z 2026-01-19T00:00:00Z
          0 0 29 2 *         | 2026-01-01T00:00:00Z    | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z
          0 0 31 4,5 *       | 2026-01-01T00:00:00Z    | 2026-05-31T00:00:00Z 2027-05-31T00:00:00Z
          0 0 1 jan,JUL *    | 2026-01-01T00:00:00Z    | 2026-07-01T00:00:00Z 2027-01-01T00:00:00Z
          0 0 12 * * ?       | 2026-01-01T00:00:00Z    | 2026-01-01T12:00:00Z 2026-01-02T12:00:00Z
          5/20 0 12 * * ?    | 2026-01-01T12:00:30Z    | 2026-01-01T12:00:45Z 2026-01-02T12:00:05Z
          0 0 0 ? * 1        | 2026-01-01T00:00:00Z    | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          0 0 0 ? * 7        | 2026-01-01T00:00:00Z    | 2026-01-03T00:00:00Z 2026-01-10T00:00:00Z
          0 0 0 ? * L        | 2026-01-01T00:00:00Z    | 2026-01-03T00:00:00Z 2026-01-10T00:00:00Z
          0 0 0 ? * 6L       | 2026-01-01T00:00:00Z    | 2026-01-30T00:00:00Z 2026-02-27T00:00:00Z
          0 0 0 ? * FRIL     | 2026-01-01T00:00:00Z    | 2026-01-30T00:00:00Z 2026-02-27T00:00:00Z
          0 0 0 ? * 6#3      | 2026-01-01T00:00:00Z    | 2026-01-16T00:00:00Z 2026-02-20T00:00:00Z
          0 0 0 ? * MON#5    | 2026-01-01T00:00:00Z    | 2026-03-30T00:00:00Z 2026-06-29T00:00:00Z
          0 0 0 ? * FRI-MON  | 2026-01-04T00:00:00Z    | 2026-01-05T00:00:00Z 2026-01-09T00:00:00Z
          0 0 22-1 * * ?     | 2026-01-01T23:00:00Z    | 2026-01-02T00:00:00Z 2026-01-02T01:00:00Z
          0 0 0 L * ?        | 2026-01-31T00:00:00Z    | 2026-02-28T00:00:00Z 2026-03-31T00:00:00Z
          0 0 0 L-3 * ?      | 2026-01-31T00:00:00Z    | 2026-02-25T00:00:00Z 2026-03-28T00:00:00Z
          0 0 0 LW * ?       | 2026-01-01T00:00:00Z    | 2026-01-30T00:00:00Z 2026-02-27T00:00:00Z
          0 0 0 15W * ?      | 2026-01-16T00:00:00Z    | 2026-02-16T00:00:00Z 2026-03-16T00:00:00Z
          0 0 0 1W * ?       | 2026-01-02T00:00:00Z    | 2026-02-02T00:00:00Z 2026-03-02T00:00:00Z
          0 0 0 31W * ?      | 2026-01-02T00:00:00Z    | 2026-01-30T00:00:00Z 2026-03-31T00:00:00Z
          0 0 0 1 1 ? 2030   | 2026-01-01T00:00:00Z    | 2030-01-01T00:00:00Z
          0 0 0 1 1 ? 2020   | 2026-01-01T00:00:00Z    |
          0 0 0 1 1 ? 2027/2 | 2026-01-01T00:00:00Z    | 2027-01-01T00:00:00Z 2029-01-01T00:00:00Z
          """)
  void firesAsWritten(String cron, Instant after, String expected) {
    assertThat(times(cron, "UTC", after, 2)).isEqualTo(expected == null ? "" : expected);
  }

  /** The jumps of the clock, seen from the evening before. */
  @ParameterizedTest(name = "{0} in {1} after {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *      | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z
          0 2 * * *       | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
          0,30 2,3 * * *  | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z 2026-03-30T00:00:00Z
          45 2 * * *      | Europe/Berlin       | 2026-03-29T01:10:00Z | 2026-03-29T01:45:00Z 2026-03-30T00:45:00Z
          0 * * * *       | Europe/Berlin       | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
          */20 * * * *    | Europe/Berlin       | 2026-03-29T00:40:00Z | 2026-03-29T01:00:00Z 2026-03-29T01:20:00Z
          30 2 * * *      | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
          30 */2 * * *    | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T03:30:00Z
          0 * * * *       | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z
          30 2 * * *      | America/New_York    | 2026-03-07T12:00:00Z | 2026-03-08T07:30:00Z 2026-03-09T06:30:00Z
          30 1 * * *      | America/New_York    | 2026-10-31T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z
          * 1 * * *       | America/New_York    | 2026-11-01T05:58:00Z | 2026-11-01T05:59:00Z 2026-11-02T06:00:00Z
          30 1 * * *      | America/St_Johns    | 2026-10-31T12:00:00Z | 2026-11-01T04:00:00Z 2026-11-02T05:00:00Z
          15 2 * * *      | America/St_Johns    | 2026-03-07T12:00:00Z | 2026-03-08T05:45:00Z 2026-03-09T04:45:00Z
          15 2 * * *      | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:45:00Z 2026-10-04T15:15:00Z
          45 1 * * *      | Australia/Lord_Howe | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z
          45 * * * *      | Australia/Lord_Howe | 2026-04-04T14:00:00Z | 2026-04-04T14:45:00Z 2026-04-04T15:15:00Z 2026-04-04T16:15:00Z
          0 6 * * *       | Asia/Kathmandu      | 2026-01-01T00:00:00Z | 2026-01-01T00:15:00Z 2026-01-02T00:15:00Z
          0 0 2 * * ?     | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
          """)
  void keepsItsRulesWhereTheClockJumps(String cron, String zone, Instant after, String expected) {
    int count = expected.split(" ").length;
    assertThat(times(cron, zone, after, count)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          60 * * * *       | The minute field of the cron expression "60 * * * *" has "60"; expected a number from 0 to 59.
          * 24 * * *       | The hour field of the cron expression "* 24 * * *" has "24"; expected a number from 0 to 23.
          * * 0 * *        | The day-of-month field of the cron expression "* * 0 * *" has "0"; expected a number from 1 to 31.
          * * * 13 *       | The month field of the cron expression "* * * 13 *" has "13"; expected a number from 1 to 12 or a name from JAN to DEC.
          * * * * 8        | The day-of-week field of the cron expression "* * * * 8" has "8"; expected a number from 0 to 7 or a name from SUN to SAT.
          * * * * FRIDAY   | The day-of-week field of the cron expression "* * * * FRIDAY" has "FRIDAY"; expected a number from 0 to 7 or a name from SUN to SAT.
          */90 * * * *     | The minute field of the cron expression "*/90 * * * *" has "*/90"; expected a step from 1 to 59.
          */0 * * * *      | The minute field of the cron expression "*/0 * * * *" has "*/0"; expected a step from 1 to 59.
          1, * * * *       | The minute field of the cron expression "1, * * * *" has ""; expected *, a number from 0 to 59, a range a-b or a step */n.
          a-b-c * * * *    | The minute field of the cron expression "a-b-c * * * *" has "A-B-C"; expected *, a number from 0 to 59, a range a-b or a step */n.
          0 20-4 * * *     | The hour field of the cron expression "0 20-4 * * *" has "20-4"; expected a range whose end is not before its start.
          0 0 L * *        | The day-of-month field of the cron expression "0 0 L * *" has "L"; expected a number from 1 to 31.
          0 0 ? * 1        | The day-of-month field of the cron expression "0 0 ? * 1" has "?"; expected *; the ? belongs to expressions of 6 or 7 fields.
          ? 0 0 * * ?      | The second field of the cron expression "? 0 0 * * ?" has "?"; expected a number from 0 to 59; the ? belongs to the two day fields alone.
          0 0 0 ? * 0      | The day-of-week field of the cron expression "0 0 0 ? * 0" has "0"; expected a number from 1 to 7 or a name from SUN to SAT.
          0 0 0 ? * 2#6    | The day-of-week field of the cron expression "0 0 0 ? * 2#6" has "2#6"; expected a number from 1 to 5 after #.
          0 0 0 L-31 * ?   | The day-of-month field of the cron expression "0 0 0 L-31 * ?" has "L-31"; expected at most L-30.
          0 0 0 * * *      | The cron expression "0 0 0 * * *" has "*" in the day-of-month field and "*" in the day-of-week field; expected ? in exactly one of them.
          0 0 0 ? * ?      | The cron expression "0 0 0 ? * ?" has "?" in the day-of-month field and "?" in the day-of-week field; expected ? in exactly one of them.
          0 0 0 1 1 ? 1969 | The year field of the cron expression "0 0 0 1 1 ? 1969" has "1969"; expected a number from 1970 to 2099.
          0 0 0            | The cron expression "0 0 0" has 3 fields; expected 5 (minute hour day-of-month month day-of-week) or 6 to 7 (second minute hour day-of-month month day-of-week year).
          @daily           | The cron expression "@daily" has 1 fields; expected 5 (minute hour day-of-month month day-of-week) or 6 to 7 (second minute hour day-of-month month day-of-week year).
          0 0 31 2 *       | The cron expression "0 0 31 2 *" never fires: no year has such a day.
          0 0 31 4,6 *     | The cron expression "0 0 31 4,6 *" never fires: no year has such a day.
          0 0 0 29 2 ? 2027 | The cron expression "0 0 0 29 2 ? 2027" never fires: no year has such a day.
          """)
  void refusesInASentence(String cron, String sentence) {
    assertThatThrownBy(() -> CronExpression.parse(cron))
        .isInstanceOf(CronException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesTextsWithoutEnd() {
    assertThatThrownBy(() -> CronExpression.parse("1,".repeat(1000) + "1 * * * *"))
        .isInstanceOf(CronException.class)
        .hasMessageContaining("has 2009 characters; expected at most 256");
    assertThatThrownBy(() -> CronExpression.parse("  ")).isInstanceOf(CronException.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *          | Every minute
          */15 * * * *       | Every 15 minutes
          */7 * * * *        | At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour
          5,35 * * * *       | At minutes 5 and 35 of every hour
          0 * * * *          | Every hour
          0 */2 * * *        | Every 2 hours
          30 */2 * * *       | At minute 30, every 2 hours
          0 9-17 * * 1-5     | At minute 0 of hours 9 to 17 on Monday to Friday
          */5 8 * * *        | Every 5 minutes of hour 8
          0 6 * * *          | At 06:00 every day
          30 6 * * 0         | At 06:30 on Sunday
          30 6 * * 1,4       | At 06:30 on Monday and Thursday
          0 6,18 1 * *       | At 06:00 and 18:00 on day 1 of the month
          0 0 1,15 * 1       | At 00:00 on days 1 and 15 of the month or on Monday
          0 0 */2 * 1        | At 00:00 on days 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29 and 31 of the month that is on Monday
          0 0 * 1,7 *        | At 00:00 in January and July
          30 0 12 * * ?      | At 12:00:30 every day
          * * * * * ?        | Every second
          */10 * * * * ?     | Every 10 seconds
          */10 0 12 * * ?    | Every 10 seconds, at minute 0 of hour 12
          0 15 10 ? * 6L     | At 10:15 on the last Friday of the month
          0 15 10 ? * 6#3    | At 10:15 on the third Friday of the month
          0 15 10 L * ?      | At 10:15 on the last day of the month
          0 15 10 L-3 * ?    | At 10:15 on 3 days before the last day of the month
          0 15 10 15W * ?    | At 10:15 on the weekday (Monday to Friday) nearest to day 15 of the month
          0 0 0 1 1 ? 2030   | At 00:00 on day 1 of the month in January in 2030
          """)
  void saysWhatItDoes(String cron, String description) {
    assertThat(CronExpression.parse(cron).description()).isEqualTo(description);
  }

  @Test
  void writesDailyAndWeeklySchedules() {
    assertThat(CronTexts.daily(LocalTime.of(6, 30))).isEqualTo("30 6 * * *");
    String weekly =
        CronTexts.weekly(EnumSet.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY), LocalTime.of(0, 5));
    assertThat(weekly).isEqualTo("5 0 * * 1,0");
    assertThat(CronExpression.parse(weekly).description())
        .isEqualTo("At 00:05 on Monday and Sunday");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Base", "europe/berlin", "+02:00", "Etc/UTC", ""})
  void refusesUnknownZones(String zone) {
    assertThatThrownBy(() -> ZonedCron.parse("0 6 * * *", zone)).isInstanceOf(CronException.class);
  }

  private static String times(String cron, String zone, Instant after, int count) {
    return CronExpression.parse(cron).next(after, ZoneId.of(zone), count).stream()
        .map(Instant::toString)
        .collect(Collectors.joining(" "));
  }
}
