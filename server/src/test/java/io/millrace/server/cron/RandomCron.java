package io.millrace.server.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A random expression, and what it means in the plainest words. */
record RandomCron(String text, boolean elapsing, Predicate<LocalDateTime> meaning) {
  /** A field's text, its values, and whether it restricts anything. */
  private record Part(String text, Set<Integer> values) {}

  boolean matches(LocalDateTime time) {
    return meaning.test(time);
  }

  static RandomCron of(Random random) {
    boolean quartz = random.nextBoolean();
    Part minute = part(random, 0, 59);
    Part hour = random.nextInt(3) == 0 ? new Part("1,2,3", Set.of(1, 2, 3)) : part(random, 0, 23);
    Part month =
        random.nextInt(3) > 0 ? all(1, 12) : new Part("2-4,10-12", Set.of(2, 3, 4, 10, 11, 12));
    Part day = random.nextBoolean() ? all(1, 31) : part(random, 1, 31);
    Part week = random.nextBoolean() ? all(0, 6) : part(random, 0, 6);
    Predicate<LocalDate> days;
    String text;
    if (quartz) {
      boolean byWeek = random.nextBoolean();
      days = byWeek ? date -> week.values.contains(weekday(date)) : date -> inMonth(day, date);
      text =
          String.join(
              " ",
              "0",
              minute.text,
              hour.text,
              byWeek ? "?" : day.text,
              month.text,
              byWeek ? plusOne(week) : "?");
    } else {
      boolean either = !day.text.startsWith("*") && !week.text.startsWith("*");
      days =
          date ->
              either
                  ? inMonth(day, date) || week.values.contains(weekday(date))
                  : inMonth(day, date) && week.values.contains(weekday(date));
      text = String.join(" ", minute.text, hour.text, day.text, month.text, week.text);
    }
    return new RandomCron(
        text,
        hour.text.contains("*") || hour.text.contains("/"),
        time ->
            minute.values.contains(time.getMinute())
                && hour.values.contains(time.getHour())
                && month.values.contains(time.getMonthValue())
                && days.test(time.toLocalDate()));
  }

  private static boolean inMonth(Part day, LocalDate date) {
    return day.values.contains(date.getDayOfMonth());
  }

  private static int weekday(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7;
  }

  /** Quartz counts the days of the week from 1; written as a list. */
  private static String plusOne(Part week) {
    return week.text.equals("*")
        ? "*"
        : String.join(",", week.values.stream().map(day -> Integer.toString(day + 1)).toList());
  }

  private static Part all(int min, int max) {
    return new Part("*", range(min, max, 1));
  }

  private static Part part(Random random, int min, int max) {
    int step = 1 + random.nextInt(Math.min(9, max - min));
    return switch (random.nextInt(5)) {
      case 0 -> all(min, max);
      case 1 -> new Part("*/" + step, range(min, max, step));
      case 2 -> {
        int from = min + random.nextInt(max - min + 1);
        int to = from + random.nextInt(max - from + 1);
        yield new Part(from + "-" + to + "/" + step, range(from, to, step));
      }
      case 3 -> {
        int from = min + random.nextInt(max - min + 1);
        int to = from + random.nextInt(max - from + 1);
        yield new Part(from + "-" + to, range(from, to, 1));
      }
      default -> {
        List<String> texts = new ArrayList<>();
        Set<Integer> values = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
          int value = min + random.nextInt(max - min + 1);
          texts.add(Integer.toString(value));
          values.add(value);
        }
        yield new Part(String.join(",", texts), values);
      }
    };
  }

  private static Set<Integer> range(int from, int to, int step) {
    Set<Integer> values = new TreeSet<>();
    for (int value = from; value <= to; value += step) {
      values.add(value);
    }
    return values;
  }
}
