package io.millrace.engine.shape;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one batch that a mapper could not handle and made null. Used by one thread. */
public final class NulledValues {
  private final Map<String, BitSet> rows = new LinkedHashMap<>();

  /** Adds a value. */
  public void add(String field, int row) {
    rows.computeIfAbsent(field, name -> new BitSet()).set(row);
  }

  /** Follows a field to another name. */
  public void rename(String field, String newName) {
    BitSet moved = rows.remove(field);
    if (moved != null) {
      rows.merge(
          newName,
          moved,
          (one, other) -> {
            one.or(other);
            return one;
          });
    }
  }

  /** Forgets a field that is left out. */
  public void forget(String field) {
    rows.remove(field);
  }

  /** Renumbers the rows after all but these were left out. */
  public void keep(BitSet kept) {
    rows.replaceAll((field, nulled) -> renumbered(nulled, kept));
    rows.values().removeIf(BitSet::isEmpty);
  }

  /** Tells whether there is none. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns how many there are of each field. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rows.forEach((field, nulled) -> counts.put(field, nulled.cardinality()));
    return counts;
  }

  /** Returns a row's changes in Airbyte's words, as the items of a JSON list; null: none. */
  @Nullable String changes(int row) {
    StringBuilder json = new StringBuilder();
    rows.forEach(
        (field, nulled) -> {
          if (nulled.get(row)) {
            json.append(json.isEmpty() ? "" : ",")
                .append("{\"field\":\"")
                .append(JsonStringEncoder.getInstance().quoteAsString(field))
                .append("\",\"change\":\"NULLED\",\"reason\":\"PLATFORM_SERIALIZATION_ERROR\"}");
          }
        });
    return json.isEmpty() ? null : json.toString();
  }

  private static BitSet renumbered(BitSet nulled, BitSet kept) {
    BitSet renumbered = new BitSet();
    int number = 0;
    for (int row = kept.nextSetBit(0); row >= 0; row = kept.nextSetBit(row + 1)) {
      if (nulled.get(row)) {
        renumbered.set(number);
      }
      number++;
    }
    return renumbered;
  }
}
