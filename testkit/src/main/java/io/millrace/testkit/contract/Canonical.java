package io.millrace.testkit.contract;

import io.millrace.testkit.arrow.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings values into a form in which equal numbers are equal: whole and decimal numbers become
 * decimals without trailing zeros. Floats stay what they are, because a float is never the same as
 * a decimal.
 */
final class Canonical {
  private Canonical() {}

  static Row row(Row row) {
    List<@Nullable Object> values = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      values.add(value(row.get(i)));
    }
    return new Row(values);
  }

  static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Long number -> BigDecimal.valueOf(number).stripTrailingZeros();
      case BigDecimal number -> number.stripTrailingZeros();
      case List<?> items -> items(items);
      case Map<?, ?> parts -> parts(parts);
      case null, default -> value;
    };
  }

  private static List<@Nullable Object> items(List<?> items) {
    List<@Nullable Object> values = new ArrayList<>(items.size());
    for (Object item : items) {
      values.add(value(item));
    }
    return values;
  }

  private static Map<String, @Nullable Object> parts(Map<?, ?> parts) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    parts.forEach((name, part) -> values.put(String.valueOf(name), value(part)));
    return values;
  }
}
