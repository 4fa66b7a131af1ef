package io.millrace.server.connection;

import io.millrace.spi.StreamName;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/** What a change of a connection does to what is remembered of its streams. */
public interface StateKeeper {
  /** Makes streams begin from nothing; an interrupted sync that one of them is part of is over. */
  void clear(Handle tx, ConnectionId connection, Collection<StreamName> streams);
}
