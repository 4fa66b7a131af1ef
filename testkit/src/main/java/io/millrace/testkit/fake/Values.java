package io.millrace.testkit.fake;

import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Special;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts and orders values of rows. */
final class Values {
  private Values() {}

  /** Turns a value of some type into one of a type that holds it, exactly. */
  static @Nullable Object widen(@Nullable Object value, LogicalType to) {
    if (value == null) {
      return null;
    }
    return switch (to) {
      case LogicalType.Real(int bits) when bits == 64 -> ((Number) value).doubleValue();
      case LogicalType.Decimal(int ignored, int scale) -> decimal(value, scale);
      case LogicalType.Timestamp() when value instanceof LocalDate date -> date.atStartOfDay();
      case LogicalType.Text() -> text(value);
      case LogicalType.ListOf(LogicalType element) -> list((List<?>) value, element);
      default -> value;
    };
  }

  private static Object decimal(Object value, int scale) {
    return switch (value) {
      case Special special -> special;
      case BigDecimal number -> number.setScale(scale, RoundingMode.UNNECESSARY);
      default -> new BigDecimal(value.toString()).setScale(scale, RoundingMode.UNNECESSARY);
    };
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static List<@Nullable Object> list(List<?> items, LogicalType element) {
    List<@Nullable Object> widened = new ArrayList<>(items.size());
    for (Object item : items) {
      widened.add(widen(item, element));
    }
    return widened;
  }

  /** Orders cursors of one column: null first, then minus infinity, values, infinity, NaN. */
  static int compare(@Nullable Object one, @Nullable Object other) {
    int byRank = Integer.compare(rank(one), rank(other));
    if (byRank != 0 || one == null || other == null || rank(one) != rank(1L)) {
      return byRank;
    }
    return compareOrdinary(one, other);
  }

  private static int rank(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Special.MINUS_INFINITY -> 1;
      case Special.END_OF_DAY, Special.INFINITY -> 3;
      case Special.NAN -> 4;
      default -> 2;
    };
  }

  @SuppressWarnings("unchecked")
  private static int compareOrdinary(Object one, Object other) {
    if (one instanceof Comparable<?>) {
      return ((Comparator<Object>) (Comparator<?>) Comparator.naturalOrder()).compare(one, other);
    }
    return one.toString().compareTo(other.toString());
  }
}
