package io.millrace.testkit.contract;

import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares rows whose order does not matter, and says what is wrong as a user would ask it. */
public final class RowSets {
  private static final int EXAMPLES_MAX = 5;
  private static final int EXAMPLE_CHARS_MAX = 300;

  private RowSets() {}

  /**
   * Fails unless both hold the same rows equally often. The message begins with {@code what} and
   * says how many rows are lost and how many came that should not have (doubled or changed), with
   * examples.
   */
  public static void assertSame(String what, Collection<Row> actual, Collection<Row> expected) {
    Map<Row, Integer> balance = balance(actual, expected);
    if (balance.isEmpty()) {
      return;
    }
    List<Row> lost = rows(balance, -1);
    List<Row> extra = rows(balance, 1);
    throw new AssertionError(
        "%s: %d rows expected, %d found. Lost: %s. Doubled or changed: %s."
            .formatted(what, expected.size(), actual.size(), show(lost), show(extra)));
  }

  /** Fails unless every expected row is there, as often as it is expected; more may be there. */
  public static void assertContains(String what, Collection<Row> actual, Collection<Row> expected) {
    List<Row> lost = rows(balance(actual, expected), -1);
    if (!lost.isEmpty()) {
      throw new AssertionError(
          "%s: %d rows expected, %d found. Lost: %s."
              .formatted(what, expected.size(), actual.size(), show(lost)));
    }
  }

  /** Tells whether both hold the same rows equally often. */
  public static boolean same(Collection<Row> one, Collection<Row> other) {
    return balance(one, other).isEmpty();
  }

  private static Map<Row, Integer> balance(Collection<Row> actual, Collection<Row> expected) {
    Map<Row, Integer> balance = new LinkedHashMap<>();
    expected.forEach(row -> balance.merge(Canonical.row(row), -1, Integer::sum));
    actual.forEach(row -> balance.merge(Canonical.row(row), 1, Integer::sum));
    balance.values().removeIf(count -> count == 0);
    return balance;
  }

  private static List<Row> rows(Map<Row, Integer> balance, int sign) {
    List<Row> rows = new ArrayList<>();
    balance.forEach(
        (row, count) -> {
          for (int i = 0; i < count * sign; i++) {
            rows.add(row);
          }
        });
    return rows;
  }

  private static String show(List<Row> rows) {
    if (rows.isEmpty()) {
      return "none";
    }
    List<String> examples =
        rows.stream().limit(EXAMPLES_MAX).map(row -> cut(row.toString())).toList();
    return rows.size() + ", such as " + String.join(" ", examples);
  }

  private static String cut(String text) {
    return text.length() <= EXAMPLE_CHARS_MAX ? text : text.substring(0, EXAMPLE_CHARS_MAX) + "...";
  }
}
