package io.millrace.server.actor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source or destination is used.
 *
 * @param connections how many connections it has
 * @param active how many of them are active
 * @param lastSync when their newest sync began, or null
 */
record ActorUse(int connections, int active, @Nullable Instant lastSync) {
  static final ActorUse NONE = new ActorUse(0, 0, null);
}
