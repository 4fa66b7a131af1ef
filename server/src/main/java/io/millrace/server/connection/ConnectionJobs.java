package io.millrace.server.connection;

import io.millrace.spi.StreamName;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What connections need of the jobs that run them. */
public interface ConnectionJobs {
  /** Tells whether a connection has a job that has not ended. */
  boolean open(Handle tx, ConnectionId connection);

  /**
   * Ends the job of a connection that is deleted. Called after the transaction in which it was;
   * returns without waiting for the end.
   */
  void cancelOpen(ConnectionId connection);

  /**
   * Has streams read again from their beginning, as a job of its own, because their settings have
   * changed. Where a job is open, nothing happens: their state is cleared already.
   */
  void readAgain(Handle tx, ConnectionId connection, List<StreamName> streams);
}
