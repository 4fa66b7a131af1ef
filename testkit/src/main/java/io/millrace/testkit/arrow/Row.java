package io.millrace.testkit.arrow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as plain Java values, in the order of its schema; equal when every value is exactly equal.
 *
 * <p>The classes by logical type: boolean {@code Boolean}; every integer {@code Long}; float32
 * {@code Float}; float64 {@code Double}; decimal {@code BigDecimal} of the type's scale; date
 * {@code LocalDate}; time {@code LocalTime}; timestamp {@code LocalDateTime}; timestamp with zone
 * {@code Instant}; text and JSON {@code String}; binary {@link Bytes}; uuid {@code UUID}; list
 * {@code List}; struct {@code Map} in the order of its parts; vector {@code List} of {@code Float};
 * anything beyond these {@link Special}; null is null.
 *
 * @param values the values
 */
public record Row(List<@Nullable Object> values) {
  // Not compact: javac would drop the type annotation of a compact constructor's parameter.
  public Row(List<@Nullable Object> values) {
    this.values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Makes a row of these values. */
  public static Row of(@Nullable Object... values) {
    return new Row(Arrays.asList(values));
  }

  /** Returns the value at an index. */
  public @Nullable Object get(int index) {
    return values.get(index);
  }

  /** Returns the number of values. */
  public int size() {
    return values.size();
  }

  /** Returns a row of the values at these indexes; -1 gives null. */
  public Row pick(List<Integer> indexes) {
    List<@Nullable Object> picked = new ArrayList<>(indexes.size());
    for (int index : indexes) {
      picked.add(index < 0 ? null : values.get(index));
    }
    return new Row(picked);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
