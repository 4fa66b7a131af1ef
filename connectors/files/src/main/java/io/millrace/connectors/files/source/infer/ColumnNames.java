package io.millrace.connectors.files.source.infer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes usable column names of what a header says. */
public final class ColumnNames {
  private static final String UNNAMED = "column_";

  private ColumnNames() {}

  /**
   * Returns one name for each given one, all different: an empty name becomes {@code column_3} by
   * its place, and a repeated one gets a number behind it ({@code amount_2}).
   */
  public static List<String> distinct(List<String> given) {
    Set<String> taken = new HashSet<>(given);
    Set<String> used = new HashSet<>();
    List<String> names = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      String name = given.get(i);
      String wanted = name.isEmpty() ? UNNAMED + (i + 1) : name;
      boolean free = name.isEmpty() ? !taken.contains(wanted) : true;
      String chosen = wanted;
      for (int number = 2; !free || used.contains(chosen); number++) {
        chosen = wanted + "_" + number;
        free = !taken.contains(chosen);
      }
      used.add(chosen);
      names.add(chosen);
    }
    return names;
  }

  /** Returns the names of columns that have none. */
  public static List<String> numbered(int count) {
    List<String> names = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      names.add(UNNAMED + i);
    }
    return names;
  }
}
