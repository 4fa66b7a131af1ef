package io.millrace.server.webbackend;

import java.util.Locale;

/** How a connection is, in one word; each is sorted into the first that is true. */
enum ConnectionHealth {
  /** A job of it runs. */
  RUNNING,
  /** A job of it waits. */
  QUEUED,
  /** It is switched off. */
  PAUSED,
  /** Its last job failed, or its source has changed in a way that breaks it. */
  FAILED,
  /** Its last job succeeded. */
  HEALTHY,
  /** Nothing was synced yet. */
  NOTSYNCED;

  /** What says it in the store, of a connection {@code c} and its newest job {@code j}. */
  static final String SQL =
      "CASE WHEN j.status IN ('running', 'incomplete') THEN 'running'"
          + " WHEN j.status = 'pending' THEN 'queued'"
          + " WHEN c.status <> 'active' THEN 'paused'"
          + " WHEN c.breaking_change = 1 OR j.status = 'failed' THEN 'failed'"
          + " WHEN j.status = 'succeeded' THEN 'healthy'"
          + " ELSE 'notsynced' END";

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
