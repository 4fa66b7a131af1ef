package io.millrace.server.actor;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a source or destination is used.
 *
 * @param connections how many connections it has
 * @param active how many of them are active
 * @param lastSync when their newest sync began, or null
 * @param jobs how many of them have a newest sync of which status
 */
record ActorUse(
    int connections, int active, @Nullable Instant lastSync, Map<String, Integer> jobs) {
  static final ActorUse NONE = new ActorUse(0, 0, null, Map.of());

  ActorUse {
    jobs = Map.copyOf(jobs);
  }

  /** Makes the use by one connection. */
  static ActorUse of(boolean active, @Nullable String job, @Nullable Instant lastSync) {
    return new ActorUse(1, active ? 1 : 0, lastSync, job == null ? Map.of() : Map.of(job, 1));
  }

  /** Returns both together. */
  ActorUse plus(ActorUse other) {
    boolean later =
        lastSync == null || (other.lastSync != null && other.lastSync.isAfter(lastSync));
    Map<String, Integer> all = new TreeMap<>(jobs);
    other.jobs.forEach((status, count) -> all.merge(status, count, Integer::sum));
    return new ActorUse(
        connections + other.connections,
        active + other.active,
        later ? other.lastSync : lastSync,
        all);
  }
}
