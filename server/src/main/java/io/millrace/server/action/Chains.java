package io.millrace.server.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for connections that would start themselves, by their ids or by their names. */
public final class Chains {
  private Chains() {}

  /**
   * Returns a way from a connection back to itself, both ends included.
   *
   * @param starts whom each connection starts
   */
  public static <T> Optional<List<T>> cycle(Map<T, List<T>> starts, T from) {
    List<T> way = new ArrayList<>(List.of(from));
    return leads(starts, from, from, way, new HashSet<>()) ? Optional.of(way) : Optional.empty();
  }

  /** Depth first; a connection that led nowhere once is not entered again. */
  private static <T> boolean leads(Map<T, List<T>> starts, T at, T to, List<T> way, Set<T> seen) {
    for (T next : starts.getOrDefault(at, List.of())) {
      if (next.equals(to)) {
        way.add(next);
        return true;
      }
      if (seen.add(next)) {
        way.add(next);
        if (leads(starts, next, to, way, seen)) {
          return true;
        }
        way.removeLast();
      }
    }
    return false;
  }

  /**
   * Returns the connections, each after those that it starts. Chains that form no ring can be
   * changed in this order, one connection after the other, into these, and never form one on the
   * way: what is changed already leads to nothing that is not.
   */
  public static <T> List<T> lastFirst(Map<T, List<T>> starts) {
    Set<T> ordered = new LinkedHashSet<>();
    Set<T> seen = new HashSet<>();
    starts.keySet().forEach(one -> order(starts, one, seen, ordered));
    return List.copyOf(ordered);
  }

  private static <T> void order(Map<T, List<T>> starts, T at, Set<T> seen, Set<T> ordered) {
    if (seen.add(at)) {
      starts.getOrDefault(at, List.of()).forEach(next -> order(starts, next, seen, ordered));
      ordered.add(at);
    }
  }

  /** Returns what is wrong with a way from a connection back to itself, by name, for people. */
  public static String refusal(List<String> way) {
    return "The connections would start each other without end: "
        + String.join(" -> ", way)
        + ". Take one of these out.";
  }
}
