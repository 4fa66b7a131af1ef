package io.millrace.server.schedule;

/** What becomes of runs whose time came while the server was not there. */
public enum MissedRuns {
  /** However many they were, the connection runs once, right after the start. */
  ONCE,
  /** They are left out; the next regular time counts. */
  SKIP
}
