package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for connections that would start themselves. */
final class Chains {
  private Chains() {}

  /** Returns a way from a connection back to itself, both ends included. */
  static Optional<List<ConnectionId>> cycle(
      Map<ConnectionId, List<ConnectionId>> starts, ConnectionId from) {
    List<ConnectionId> way = new ArrayList<>(List.of(from));
    return leads(starts, from, from, way, new HashSet<>()) ? Optional.of(way) : Optional.empty();
  }

  /** Depth first; a connection that led nowhere once is not entered again. */
  private static boolean leads(
      Map<ConnectionId, List<ConnectionId>> starts,
      ConnectionId at,
      ConnectionId to,
      List<ConnectionId> way,
      Set<ConnectionId> seen) {
    for (ConnectionId next : starts.getOrDefault(at, List.of())) {
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
}
