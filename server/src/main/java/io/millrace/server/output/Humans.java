package io.millrace.server.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Humans {
  private static final long KILO = 1000;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double NANOS_PER_SECOND = 1e9;

  private Humans() {}

  /** Returns a count with a comma at each thousand: {@code 1,234,567}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a size: {@code 12.3 MB}. */
  public static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= KILO && unit < UNITS.length - 1) {
      size /= KILO;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
  }

  /** Returns a duration in its two largest units: {@code 0.4 s}, {@code 12 s}, {@code 3 m 5 s}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / NANOS_PER_SECOND);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " m " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " m";
  }

  /** Returns a rate: {@code 1,200,000 rows/s}. */
  public static String rate(long rows, Duration time) {
    double seconds = time.toNanos() / NANOS_PER_SECOND;
    return seconds <= 0 ? "-" : count(Math.round(rows / seconds)) + " rows/s";
  }

  /** Returns {@code 1 stream} or {@code 5 streams}. */
  public static String plural(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
