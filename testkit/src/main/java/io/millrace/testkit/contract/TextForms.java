package io.millrace.testkit.contract;

import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Special;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which texts keep a value: PostgreSQL's output text in UTC and ISO form, ISO 8601 itself,
 * JSON for nested values, {@code \x} and hexadecimal digits for bytes.
 */
final class TextForms {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss[.SSSSSS]", Locale.ROOT);

  private TextForms() {}

  static boolean matches(String text, Object written) {
    return switch (written) {
      case Boolean flag -> Set.of(flag.toString(), flag ? "t" : "f").contains(text);
      case Long number -> sameNumber(text, BigDecimal.valueOf(number));
      case BigDecimal number -> sameNumber(text, number);
      case Float real -> Objects.equals(parseReal(text, true), real.doubleValue());
      case Double real -> Objects.equals(parseReal(text, false), real);
      case LocalDate date -> text.equals(dateText(date)) || text.equals(date.toString());
      case LocalTime time -> timeText(text).equals(timeText(time.toString()));
      case LocalDateTime at -> sameStamp(text, at);
      case Instant at -> sameStamp(zoneless(text), LocalDateTime.ofInstant(at, ZoneOffset.UTC));
      case Bytes bytes -> text.equals("\\x" + bytes.hex());
      case Special special -> sameSpecial(text, special);
      case List<?> ignored -> matchesJson(text, written);
      case Map<?, ?> ignored -> matchesJson(text, written);
      default -> text.equals(written.toString()) || sameJson(written.toString(), text);
    };
  }

  /** Tells whether a JSON text keeps a value. */
  static boolean matchesJson(String json, Object written) {
    try {
      return sameValue(JsonText.parse(json), written);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Tells whether two JSON texts mean the same; false when one is none. */
  static boolean sameJson(String one, String other) {
    try {
      return Objects.equals(JsonText.parse(one), JsonText.parse(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean sameValue(@Nullable Object json, @Nullable Object written) {
    if (json == null || written == null) {
      return Objects.equals(json, written);
    }
    return switch (json) {
      case List<?> items when written instanceof List<?> others -> sameItems(items, others);
      case Map<?, ?> parts when written instanceof Map<?, ?> others ->
          parts.size() == others.size()
              && parts.entrySet().stream()
                  .allMatch(part -> sameValue(part.getValue(), others.get(part.getKey())));
      case String text -> text.equals(written) || matches(text, written);
      case BigDecimal number when !(written instanceof String) ->
          matches(number.toPlainString(), written);
      default -> json.equals(written);
    };
  }

  private static boolean sameItems(List<?> items, List<?> others) {
    Iterator<?> other = others.iterator();
    return items.size() == others.size()
        && items.stream().allMatch(item -> sameValue(item, other.next()));
  }

  private static boolean sameNumber(String text, BigDecimal number) {
    try {
      return new BigDecimal(text).compareTo(number) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static @Nullable Double parseReal(String text, boolean single) {
    try {
      return single ? (double) Float.parseFloat(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean sameSpecial(String text, Special special) {
    return switch (special) {
      case NAN -> text.equals("NaN");
      case INFINITY -> text.equalsIgnoreCase("infinity");
      case MINUS_INFINITY -> text.equalsIgnoreCase("-infinity");
      case END_OF_DAY -> timeText(text).equals("24:00:00");
    };
  }

  private static boolean sameStamp(String text, LocalDateTime at) {
    String date = dateText(at.toLocalDate());
    boolean beforeChrist = date.endsWith(" BC");
    String day = beforeChrist ? date.substring(0, date.length() - 3) : date;
    String time = timeText(TIME.format(at.toLocalTime()));
    String plain = day + " " + time + (beforeChrist ? " BC" : "");
    return stampText(text).equals(plain) || stampText(text).equals(at.toLocalDate() + " " + time);
  }

  /** Brings a timestamp's text into the form with a blank and without needless zeros. */
  private static String stampText(String text) {
    boolean beforeChrist = text.endsWith(" BC");
    String body = (beforeChrist ? text.substring(0, text.length() - 3) : text).replace('T', ' ');
    int blank = body.lastIndexOf(' ');
    if (blank < 0) {
      return text;
    }
    String stamp = body.substring(0, blank + 1) + timeText(body.substring(blank + 1));
    return beforeChrist ? stamp + " BC" : stamp;
  }

  private static String zoneless(String text) {
    return text.replaceFirst("(Z|\\+00(:?00)?)( BC)?$", "$3");
  }

  private static String timeText(String text) {
    String seconds = text.matches("\\d\\d:\\d\\d") ? text + ":00" : text;
    return seconds.contains(".") ? seconds.replaceFirst("\\.?0+$", "") : seconds;
  }

  private static String dateText(LocalDate date) {
    int year = date.getYear();
    String monthAndDay =
        String.format(Locale.ROOT, "-%02d-%02d", date.getMonthValue(), date.getDayOfMonth());
    return year > 0
        ? String.format(Locale.ROOT, "%04d", year) + monthAndDay
        : String.format(Locale.ROOT, "%04d", 1 - year) + monthAndDay + " BC";
  }
}
