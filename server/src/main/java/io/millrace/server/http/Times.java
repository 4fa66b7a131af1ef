package io.millrace.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moments as both APIs write and read them. */
public final class Times {
  static final String EXPECTED = "a moment such as 2026-02-03T04:05:06Z";

  /** Four digits make a year; further away no job began, and a count of milliseconds ends. */
  private static final int YEAR_MAX = 9999;

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /** Returns {@code 2026-02-03T04:05:06Z}: always with seconds, never with fractions. */
  public static String iso(Instant instant) {
    return SECONDS.format(instant);
  }

  /** Returns an ISO duration of whole seconds. */
  public static String iso(Duration duration) {
    return duration.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns a moment of a body, or null where it is absent. */
  public static @Nullable Instant instantOrNull(Body body, String name) {
    @Nullable String text = body.textOrNull(name);
    if (text == null) {
      return null;
    }
    Optional<Instant> instant = parse(text);
    if (instant.isEmpty()) {
      body.wrong(name, EXPECTED);
    }
    return instant.orElse(null);
  }

  static Optional<Instant> parse(String text) {
    try {
      // A plus sign that nobody encoded arrives as a space.
      OffsetDateTime moment = OffsetDateTime.parse(text.strip().replace(' ', '+'));
      boolean near = moment.getYear() >= 0 && moment.getYear() <= YEAR_MAX;
      return near ? Optional.of(moment.toInstant()) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
