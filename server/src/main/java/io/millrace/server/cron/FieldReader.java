package io.millrace.server.cron;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields of one expression. */
final class FieldReader {
  private static final int SHOWN_CHARS_MAX = 100;

  private static final Pattern ITEM = Pattern.compile("(?:\\*|(\\w+)(?:-(\\w+))?)(?:/(\\w+))?");
  private static final Pattern FROM_LAST = Pattern.compile("L(?:-(\\d{1,2}))?(W)?");
  private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
  private static final Pattern LAST_OF_WEEK = Pattern.compile("(\\w+)L");
  private static final Pattern NTH_OF_WEEK = Pattern.compile("(\\w+)#(\\w+)");

  private static final int BEFORE_LAST_MAX = 30;
  private static final int WEEKS_MAX = 5;

  private final String expression;
  private final CronDialect dialect;

  FieldReader(String expression, CronDialect dialect) {
    this.expression = expression;
    this.dialect = dialect;
  }

  /** Reads a field of numbers; days of the week count from Sunday, which is 0. */
  BitSet numbers(CronField field, String text) {
    BitSet values = new BitSet();
    for (String item : items(field, text)) {
      add(values, field, item);
    }
    return values;
  }

  /** Reads the day-of-month field. */
  List<DayRule> daysOfMonth(String text) {
    CronField field = CronField.DAY_OF_MONTH;
    BitSet plain = new BitSet();
    List<DayRule> rules = new ArrayList<>();
    for (String item : items(field, text)) {
      Matcher last = FROM_LAST.matcher(item);
      Matcher nearest = NEAREST.matcher(item);
      if (dialect == CronDialect.QUARTZ && last.matches()) {
        int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
        if (before > BEFORE_LAST_MAX) {
          throw wrong(field, item, "at most L-" + BEFORE_LAST_MAX);
        }
        rules.add(
            last.group(2) == null
                ? new DayRule.FromLast(before)
                : new DayRule.NearestFromLast(before));
      } else if (dialect == CronDialect.QUARTZ && nearest.matches()) {
        rules.add(new DayRule.Nearest(number(field, nearest.group(1), item)));
      } else {
        add(plain, field, item);
      }
    }
    if (!plain.isEmpty()) {
      rules.add(new DayRule.OfMonth(plain));
    }
    return rules;
  }

  /** Reads the day-of-week field. */
  List<DayRule> daysOfWeek(String text) {
    CronField field = CronField.DAY_OF_WEEK;
    BitSet plain = new BitSet();
    List<DayRule> rules = new ArrayList<>();
    for (String item : items(field, text)) {
      Matcher last = LAST_OF_WEEK.matcher(item);
      Matcher nth = NTH_OF_WEEK.matcher(item);
      if (dialect == CronDialect.QUARTZ && item.equals("L")) {
        plain.set(6);
      } else if (dialect == CronDialect.QUARTZ && nth.matches()) {
        rules.add(nthOfWeek(item, nth));
      } else if (dialect == CronDialect.QUARTZ && last.matches()) {
        rules.add(new DayRule.LastOfWeek(index(field, number(field, last.group(1), item))));
      } else {
        add(plain, field, item);
      }
    }
    if (!plain.isEmpty()) {
      rules.add(new DayRule.OfWeek(plain));
    }
    return rules;
  }

  private DayRule nthOfWeek(String item, Matcher nth) {
    CronField field = CronField.DAY_OF_WEEK;
    int day = index(field, number(field, nth.group(1), item));
    int week = whole(nth.group(2)).orElse(0);
    if (week < 1 || week > WEEKS_MAX) {
      throw wrong(field, item, "a number from 1 to " + WEEKS_MAX + " after #");
    }
    return new DayRule.NthOfWeek(day, week);
  }

  private String[] items(CronField field, String text) {
    if (text.equals("?")) {
      throw wrong(
          field,
          text,
          dialect == CronDialect.UNIX
              ? "*; the ? belongs to expressions of 6 or 7 fields"
              : field.expected(dialect) + "; the ? belongs to the two day fields alone");
    }
    return text.toUpperCase(Locale.ROOT).split(",", -1);
  }

  private void add(BitSet values, CronField field, String item) {
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw wrong(field, item, "*, " + field.expected(dialect) + ", a range a-b or a step */n");
    }
    int from = field.min(dialect);
    int to = field.max();
    if (matcher.group(1) != null) {
      from = number(field, matcher.group(1), item);
      boolean single = matcher.group(2) == null && matcher.group(3) == null;
      to = single ? from : to;
    }
    if (matcher.group(2) != null) {
      to = rangeEnd(field, item, from, number(field, matcher.group(2), item));
    }
    int step = matcher.group(3) == null ? 1 : step(field, item, matcher.group(3));
    for (int value = from; value <= to; value += step) {
      values.set(index(field, value));
    }
  }

  /** Returns where a range ends, beyond the field's largest number when it goes round. */
  private int rangeEnd(CronField field, String item, int from, int to) {
    if (to >= from) {
      return to;
    }
    if (dialect == CronDialect.QUARTZ && field != CronField.YEAR) {
      return to + field.cycle();
    }
    if (field == CronField.DAY_OF_WEEK && to == 0) {
      return field.max();
    }
    throw wrong(field, item, "a range whose end is not before its start");
  }

  private int step(CronField field, String item, String text) {
    int max = field.cycle() - 1;
    int step = whole(text).orElse(0);
    if (step < 1 || step > max) {
      throw wrong(field, item, "a step from 1 to " + max);
    }
    return step;
  }

  private int number(CronField field, String text, String item) {
    int name = field.names().indexOf(text);
    int number = name >= 0 ? name + field.min(dialect) : whole(text).orElse(-1);
    if (number < field.min(dialect) || number > field.max()) {
      throw wrong(field, item, field.expected(dialect));
    }
    return number;
  }

  private int index(CronField field, int number) {
    return switch (field) {
      case DAY_OF_WEEK -> (dialect == CronDialect.QUARTZ ? number - 1 : number) % 7;
      case SECOND, MINUTE, HOUR -> number % field.cycle();
      case DAY_OF_MONTH, MONTH -> (number - 1) % field.cycle() + 1;
      case YEAR -> number;
    };
  }

  private static Optional<Integer> whole(String text) {
    return text.matches("[0-9]{1,4}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private CronException wrong(CronField field, String item, String expected) {
    return new CronException(
        CronException.Kind.INVALID_EXPRESSION,
        "The "
            + field.label()
            + " field of the cron expression \""
            + shown(expression)
            + "\" has \""
            + shown(item)
            + "\"; expected "
            + expected
            + ".");
  }

  /** Returns a text as messages show it. */
  static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= SHOWN_CHARS_MAX ? plain : plain.substring(0, SHOWN_CHARS_MAX) + "...";
  }
}
