package io.millrace.spi.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path where: a JSON path such as {@code $.ssl_mode.mode}
 * @param value what stands there, as JSON and cut short; the mask for a secret; null where nothing
 *     stands there or where it cannot be known whether it may be shown
 * @param expected what was expected there; without a value, what is wrong
 */
public record ConfigProblem(String path, @Nullable String value, String expected) {
  /** Returns one line for people: the path, what was expected, what was found. */
  public String line() {
    if (value == null) {
      return path + ": " + expected;
    }
    return path + ": expected " + expected + ", found " + value;
  }

  /** Returns the lines of all problems, in order. */
  static String lines(List<ConfigProblem> problems) {
    return problems.stream().map(ConfigProblem::line).collect(Collectors.joining("\n"));
  }
}
