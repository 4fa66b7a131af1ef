package io.millrace.server.environment;

import io.millrace.spi.ConfigException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Reads whole numbers, flags and choices from the environment. A variable that is empty counts as
 * absent.
 */
public record Variables(Map<String, String> environment) {
  private static final long MAX = 1_000_000_000;

  public Variables {
    environment = Map.copyOf(environment);
  }

  /**
   * Reads a number from 1 to a billion.
   *
   * @throws ConfigException when it is something else
   */
  public long number(String name, long fallback) {
    return number(name, fallback, 1, MAX);
  }

  /**
   * Reads a number.
   *
   * @throws ConfigException when it is none, or out of its bounds
   */
  public long number(String name, long fallback, long min, long max) {
    String text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, text, "a whole number from " + min + " to " + max);
  }

  /**
   * Reads {@code true}, {@code 1}, {@code false} or {@code 0}.
   *
   * @throws ConfigException when it is something else
   */
  public boolean flag(String name, boolean fallback) {
    String text = text(name);
    return switch (text) {
      case "" -> fallback;
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  /**
   * Reads one of several words, the names of an enum in lower case.
   *
   * @throws ConfigException when it is none of them
   */
  public <E extends Enum<E>> E choice(String name, E fallback) {
    String text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    E[] all = fallback.getDeclaringClass().getEnumConstants();
    for (E one : all) {
      if (word(one).equals(text)) {
        return one;
      }
    }
    throw wrong(name, text, String.join(" or ", Arrays.stream(all).map(Variables::word).toList()));
  }

  /** Returns a variable without spaces around it; empty where it is absent. */
  public String text(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private static ConfigException wrong(String name, String text, String expected) {
    return new ConfigException(
        "setting",
        name + " is \"" + ConfigException.outside(text) + "\"; expected " + expected + ".");
  }
}
