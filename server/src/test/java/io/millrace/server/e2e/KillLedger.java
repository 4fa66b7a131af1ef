package io.millrace.server.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must stand at the destination after each generation, as sorted lines. */
final class KillLedger {
  private static final int DIFFERENCES_SHOWN = 10;

  private final KillMode mode;
  private List<String> rows = new ArrayList<>();

  KillLedger(KillMode mode) {
    this.mode = mode;
  }

  /** Takes note of a generation that has ended; the source must not have changed since. */
  void ended(KillSource source, int generation) {
    List<String> added =
        mode == KillMode.INCREMENTAL_APPEND ? source.changedIn(generation) : source.rows();
    List<String> now = new ArrayList<>(mode.appends() ? rows : List.of());
    now.addAll(added);
    now.sort(null);
    rows = now;
  }

  List<String> rows() {
    return rows;
  }

  /** Says how the rows of a destination differ. */
  String against(KillTarget target) {
    Map<String, Integer> counts = new HashMap<>();
    target.rows().forEach(row -> counts.merge(row, 1, Integer::sum));
    rows.forEach(row -> counts.merge(row, -1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    return counts.size()
        + " rows differ (more than expected is positive): "
        + counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(DIFFERENCES_SHOWN)
            .toList();
  }
}
