package io.millrace.server.cron;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Says an expression in plain English. */
final class CronDescription {
  /** So many times of day are listed one by one. */
  private static final int TIMES_MAX = 6;

  private static final int MINUTES = 60;
  private static final int HOURS = 24;

  private final CronExpression cron;

  CronDescription(CronExpression cron) {
    this.cron = cron;
  }

  String text() {
    String days = days();
    String text = times(days.isEmpty()) + days + months() + years();
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private String times(boolean everyDay) {
    int count = cron.minutes().cardinality() * cron.hours().cardinality();
    boolean listed = count <= TIMES_MAX && cron.seconds().cardinality() == 1;
    if (!listed) {
      return seconds() + minutes() + hours();
    }
    List<String> times = new ArrayList<>();
    cron.hours().stream()
        .forEach(hour -> cron.minutes().stream().forEach(minute -> times.add(time(hour, minute))));
    return "at " + and(times) + (everyDay && allMonths() ? " every day" : "");
  }

  private String time(int hour, int minute) {
    int second = cron.seconds().nextSetBit(0);
    return second == 0
        ? String.format(Locale.ROOT, "%02d:%02d", hour, minute)
        : String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second);
  }

  private boolean onTheMinute() {
    return cron.seconds().cardinality() == 1 && cron.seconds().get(0);
  }

  private String seconds() {
    if (onTheMinute()) {
      return "";
    }
    String text = every(cron.seconds(), MINUTES, "second");
    boolean whole = cron.minutes().cardinality() == MINUTES && cron.hours().cardinality() == HOURS;
    return whole && !text.startsWith("at") ? text : text + ", ";
  }

  private String minutes() {
    boolean said = !seconds().isEmpty() && !seconds().endsWith(", ");
    boolean onTheHour = cron.minutes().cardinality() == 1 && cron.minutes().get(0);
    if (said || (onTheMinute() && onTheHour && step(cron.hours(), HOURS) > 0)) {
      return "";
    }
    return every(cron.minutes(), MINUTES, "minute");
  }

  private String hours() {
    String minutes = minutes();
    int step = step(cron.hours(), HOURS);
    if (minutes.isEmpty()) {
      return seconds().isEmpty() ? every(cron.hours(), HOURS, "hour") : "";
    }
    if (step == 1) {
      return minutes.startsWith("at") ? " of every hour" : "";
    }
    if (step > 1) {
      return ", every " + step + " hours";
    }
    return (cron.hours().cardinality() == 1 ? " of hour " : " of hours ")
        + list(cron.hours(), Integer::toString);
  }

  private String days() {
    List<String> month = cron.days().ofMonth().stream().map(CronDescription::day).toList();
    List<String> week = cron.days().ofWeek().stream().map(CronDescription::day).toList();
    return switch (cron.days().join()) {
      case MONTH_ALONE -> on(and(month));
      case WEEK_ALONE -> on(and(week));
      case BOTH -> {
        String first = on(and(month));
        String second = on(and(week));
        yield first.isEmpty() || second.isEmpty() ? first + second : first + " that is" + second;
      }
      case EITHER -> on(and(month)) + " or" + on(and(week));
    };
  }

  private static String on(String days) {
    return days.isEmpty() ? "" : " on " + days;
  }

  private static String day(DayRule rule) {
    return switch (rule) {
      case DayRule.OfMonth(BitSet days) ->
          days.cardinality() == 31
              ? ""
              : (days.cardinality() == 1 ? "day " : "days ")
                  + list(days, Integer::toString)
                  + " of the month";
      case DayRule.FromLast(int before) -> fromLast(before);
      case DayRule.Nearest(int day) ->
          "the weekday (Monday to Friday) nearest to day " + day + " of the month";
      case DayRule.NearestFromLast(int before) ->
          "the weekday (Monday to Friday) nearest to " + fromLast(before);
      case DayRule.OfWeek(BitSet days) ->
          days.cardinality() == 7 ? "" : list(fromMonday(days), CronDescription::weekday);
      case DayRule.LastOfWeek(int day) -> "the last " + weekday(day) + " of the month";
      case DayRule.NthOfWeek(int day, int n) ->
          "the "
              + List.of("first", "second", "third", "fourth", "fifth").get(n - 1)
              + " "
              + weekday(day)
              + " of the month";
    };
  }

  private static String fromLast(int before) {
    return before == 0
        ? "the last day of the month"
        : before + (before == 1 ? " day" : " days") + " before the last day of the month";
  }

  /** A week that is read begins on Monday. */
  private static BitSet fromMonday(BitSet days) {
    BitSet moved = new BitSet();
    days.stream().forEach(day -> moved.set(day == 0 ? 7 : day));
    return moved;
  }

  private static String weekday(int day) {
    return DayOfWeek.of(day == 0 ? 7 : day).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private boolean allMonths() {
    return cron.months().cardinality() == 12;
  }

  private String months() {
    return allMonths()
        ? ""
        : " in "
            + list(
                cron.months(),
                month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  private String years() {
    boolean all = cron.years().cardinality() == CronField.YEAR.cycle();
    return all ? "" : " in " + list(cron.years(), Integer::toString);
  }

  /** Returns "every 5 minutes" or "at minutes 5 and 35". */
  private static String every(BitSet values, int count, String unit) {
    int step = step(values, count);
    if (step == 1) {
      return "every " + unit;
    }
    if (step > 1) {
      return "every " + step + " " + unit + "s";
    }
    return "at "
        + unit
        + (values.cardinality() == 1 ? " " : "s ")
        + list(values, Integer::toString);
  }

  /** Returns the distance of values that are evenly spread from 0 over the whole round, or 0. */
  private static int step(BitSet values, int count) {
    int cardinality = values.cardinality();
    if (cardinality < 2 || count % cardinality != 0) {
      return 0;
    }
    int step = count / cardinality;
    return values.stream().allMatch(value -> value % step == 0) ? step : 0;
  }

  /** Lists values, three and more in a row as a range. */
  private static String list(BitSet values, IntFunction<String> shown) {
    List<String> parts = new ArrayList<>();
    for (int from = values.nextSetBit(0); from >= 0; ) {
      int end = values.nextClearBit(from);
      if (end - from >= 3) {
        parts.add(shown.apply(from) + " to " + shown.apply(end - 1));
      } else {
        for (int value = from; value < end; value++) {
          parts.add(shown.apply(value));
        }
      }
      from = values.nextSetBit(end);
    }
    return and(parts);
  }

  private static String and(List<String> parts) {
    int last = parts.size() - 1;
    return last < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
