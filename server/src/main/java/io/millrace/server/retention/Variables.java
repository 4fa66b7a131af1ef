package io.millrace.server.retention;

import io.millrace.spi.ConfigException;
import java.util.Map;

/** Reads whole numbers and flags from the environment. */
record Variables(Map<String, String> environment) {
  private static final long MAX = 1_000_000_000;

  long number(String name, long fallback) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= MAX) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, text, "a whole number from 1 to " + MAX);
  }

  boolean flag(String name, boolean fallback) {
    String text = environment.getOrDefault(name, "").strip();
    return switch (text) {
      case "" -> fallback;
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  private static ConfigException wrong(String name, String text, String expected) {
    return new ConfigException(
        "retention", name + " is \"" + text + "\"; expected " + expected + ".");
  }
}
