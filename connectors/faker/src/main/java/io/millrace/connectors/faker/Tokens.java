package io.millrace.connectors.faker;

import io.millrace.spi.ConfigException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON of tokens: flat objects of whole numbers and times. */
final class Tokens {
  /** The format of every token so far. */
  static final int VERSION = 1;

  private Tokens() {}

  /** Returns the number of a key. */
  static long number(String token, String key) {
    Matcher matcher = matcher(token, key, "(-?[0-9]{1,19})");
    if (!matcher.find()) {
      throw wrong(token, key, "a whole number");
    }
    try {
      return Long.parseLong(matcher.group(1));
    } catch (NumberFormatException e) {
      throw wrong(token, key, "a whole number");
    }
  }

  /** Returns the time of a key in microseconds since 1970, or nothing when there is none. */
  static OptionalLong time(String token, String key) {
    Matcher matcher = matcher(token, key, "\"([^\"]*)\"");
    if (!matcher.find()) {
      return OptionalLong.empty();
    }
    try {
      Instant time = Instant.parse(matcher.group(1));
      return OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(token, key, "a time such as 2025-10-16T12:00:00Z");
    }
  }

  /** Returns a time as JSON. */
  static String json(long micros) {
    return "\"" + Instant.EPOCH.plus(micros, ChronoUnit.MICROS) + "\"";
  }

  private static Matcher matcher(String token, String key, String value) {
    return Pattern.compile("\"" + key + "\"\\s*:\\s*" + value).matcher(token);
  }

  private static ConfigException wrong(String token, String key, String expected) {
    return new ConfigException(
        "state_invalid",
        "The state "
            + ConfigException.outside(token)
            + " of source-faker cannot be read: expected "
            + expected
            + " as \""
            + key
            + "\". Reset the stream's state to begin anew.");
  }
}
