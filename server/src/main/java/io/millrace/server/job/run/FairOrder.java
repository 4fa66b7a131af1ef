package io.millrace.server.job.run;

import io.millrace.server.workspace.WorkspaceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Chooses whose turn it is: the workspace that was served longest ago. Used by one thread. */
final class FairOrder {
  private final Map<WorkspaceId, Long> served = new HashMap<>();
  private long turn;

  /** Returns the workspace whose turn it is among those that wait. */
  Optional<WorkspaceId> next(Collection<WorkspaceId> waiting) {
    Optional<WorkspaceId> next =
        waiting.stream()
            .min(
                Comparator.comparing((WorkspaceId one) -> served.getOrDefault(one, 0L))
                    .thenComparing(WorkspaceId::toString));
    next.ifPresent(one -> served.put(one, ++turn));
    return next;
  }
}
