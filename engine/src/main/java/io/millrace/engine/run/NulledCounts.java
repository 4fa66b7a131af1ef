package io.millrace.engine.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many values of which field mappers made null, by partition: those of rows that are durable,
 * and those of rows that are not yet. Used under its owner's lock.
 */
final class NulledCounts {
  private final Map<String, Map<String, Long>> open = new HashMap<>();
  private final Map<String, Map<String, Long>> durable = new HashMap<>();

  /** Begins again, when rows of these partitions alone are durable. */
  void begin(Set<String> committed) {
    open.clear();
    durable.keySet().retainAll(committed);
  }

  void add(String partitionId, Map<String, Integer> byField) {
    if (!byField.isEmpty()) {
      Map<String, Long> counts = open.computeIfAbsent(partitionId, id -> new HashMap<>());
      byField.forEach((field, count) -> counts.merge(field, (long) count, Long::sum));
    }
  }

  /** The partition's rows so far are durable. */
  void committed(String partitionId) {
    Map<String, Long> counts = open.remove(partitionId);
    if (counts != null) {
      merge(durable.computeIfAbsent(partitionId, id -> new HashMap<>()), counts);
    }
  }

  /** Returns the counts of durable rows, by field. */
  Map<String, Long> durable() {
    Map<String, Long> sum = new TreeMap<>();
    durable.values().forEach(counts -> merge(sum, counts));
    return sum;
  }

  private static void merge(Map<String, Long> sum, Map<String, Long> counts) {
    counts.forEach((field, count) -> sum.merge(field, count, Long::sum));
  }
}
