package io.millrace.server.connection.api;

import io.millrace.server.connection.Schedule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text in which the public API says a basic schedule: {@code Every 24 HOURS}. */
final class BasicTiming {
  /** What {@link #read} takes, for people. */
  static final String EXPECTED =
      "a text like \"Every 24 HOURS\", with a whole number and one of " + units(", ");

  private static final Pattern FORM =
      Pattern.compile("Every ([1-9][0-9]{0,8}) (" + units("|") + ")");

  private BasicTiming() {}

  /** Returns the text of a schedule. */
  static String text(Schedule.Basic basic) {
    return "Every " + basic.units() + " " + basic.timeUnit().label().toUpperCase(Locale.ROOT);
  }

  /** Returns the schedule of a text as {@link #text} writes it; nothing for any other text. */
  static Optional<Schedule> read(String text, int unitsMax) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(1)) > unitsMax) {
      return Optional.empty();
    }
    return Optional.of(
        new Schedule.Basic(
            Long.parseLong(form.group(1)), Schedule.TimeUnit.valueOf(form.group(2))));
  }

  private static String units(String between) {
    return Arrays.stream(Schedule.TimeUnit.values())
        .map(Enum::name)
        .collect(Collectors.joining(between));
  }
}
