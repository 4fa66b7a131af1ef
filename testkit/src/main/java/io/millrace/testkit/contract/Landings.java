package io.millrace.testkit.contract;

import io.millrace.spi.type.LogicalType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what became of a value by what was written and what was found. */
public final class Landings {
  private Landings() {}

  /**
   * Judges one value.
   *
   * @param written the value at its origin, never null
   * @param type its type there
   * @param found the value at the end of the way; null when it is null there
   * @param foundType the type it was found as
   */
  public static Landing judge(
      Object written, LogicalType type, @Nullable Object found, LogicalType foundType) {
    if (found == null) {
      return Landing.SPOILT;
    }
    if (exact(written, type, found)) {
      return Landing.EXACT;
    }
    boolean kept =
        switch (foundType) {
          case LogicalType.Text() -> TextForms.matches((String) found, written);
          case LogicalType.Json() -> TextForms.matchesJson((String) found, written);
          default -> false;
        };
    return kept ? Landing.TEXT : Landing.SPOILT;
  }

  private static boolean exact(Object written, LogicalType type, Object found) {
    if (type instanceof LogicalType.Json && found instanceof String text) {
      return TextForms.sameJson((String) written, text);
    }
    return switch (written) {
      case Float real when found instanceof Double wide -> (double) real == wide || nan(real, wide);
      case LocalDate date when !(found instanceof LocalDate) -> date.atStartOfDay().equals(found);
      case Long whole when found instanceof Double real -> whole.equals(wholeOf(real));
      case List<?> items when found instanceof List<?> others -> exactItems(items, type, others);
      case Map<?, ?> parts when found instanceof Map<?, ?> others -> exactParts(parts, others);
      default -> Objects.equals(Canonical.value(written), Canonical.value(found));
    };
  }

  private static boolean nan(Float real, Double wide) {
    return real.isNaN() && wide.isNaN();
  }

  private static @Nullable Long wholeOf(Double real) {
    long whole = real.longValue();
    return (double) whole == real && whole != Long.MAX_VALUE ? whole : null;
  }

  private static boolean exactItems(List<?> items, LogicalType type, List<?> others) {
    LogicalType element =
        type instanceof LogicalType.ListOf(LogicalType inner) ? inner : new LogicalType.Real(32);
    if (items.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      Object other = others.get(i);
      boolean bothThere = item != null && other != null;
      boolean same = bothThere ? exact(item, element, other) : Objects.equals(item, other);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean exactParts(Map<?, ?> parts, Map<?, ?> others) {
    return Objects.equals(Canonical.value(parts), Canonical.value(others));
  }
}
