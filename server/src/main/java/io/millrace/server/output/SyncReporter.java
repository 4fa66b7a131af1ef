package io.millrace.server.output;

import io.millrace.engine.SyncListener;

/**
 * Shows syncs to whoever watches. Grammar: {@code (begin (events of the listener)* end)* close}; a
 * pipeline whose beginning fails has an end alone.
 */
public interface SyncReporter extends AutoCloseable {
  /** A pipeline begins; returns what listens to its sync. */
  SyncListener begin(RunInfo run);

  /** A pipeline has ended. When this returns, its summary has been handed to the system. */
  void end(RunInfo run, Outcome outcome);

  /** Nothing comes any more. */
  @Override
  void close();
}
