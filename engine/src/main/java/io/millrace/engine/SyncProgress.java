package io.millrace.engine;

import java.util.List;

/** A running sync's counts. Thread-safe; cheap enough to ask ten times a second. */
public interface SyncProgress {
  /** Returns the counts of every stream, in the order of the sync. */
  List<StreamProgress> streams();

  /** Returns how often source and destination have said that they are at work on a long call. */
  long heartbeats();
}
