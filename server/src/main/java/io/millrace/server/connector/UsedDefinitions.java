package io.millrace.server.connector;

import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells which connectors a workspace has sources or destinations of. */
@FunctionalInterface
public interface UsedDefinitions {
  /** Returns the definition ids in use. */
  Set<UUID> in(Handle tx, Side side, UUID workspace);
}
