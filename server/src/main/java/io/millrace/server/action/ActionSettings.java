package io.millrace.server.action;

import java.time.Duration;

/** The bounds of actions. */
final class ActionSettings {
  /** So many actions may follow each outcome of a connection. */
  static final int ACTIONS_MAX = 20;

  /** So many operations of a connection run after a job; they come before its actions. */
  static final int OPERATIONS_MAX = 100;

  static final int URL_CHARS_MAX = 2_000;

  static final int STATEMENTS_MAX = 50;
  static final int STATEMENT_CHARS_MAX = 50_000;
  static final int SQL_SECONDS = 300;
  static final int SQL_SECONDS_MAX = 3_600;

  /** A receiver has so long to answer. */
  static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(10);

  /** An action that fails for a reason that may pass is begun at most so often. */
  static final int TRIES_MAX = 5;

  /** The first wait before a further try; each next one is three times as long. */
  static final Duration WAIT = Duration.ofSeconds(10);

  /** A connection to be started that has a job waits so long, or for the end of any job. */
  static final Duration BUSY = Duration.ofSeconds(30);

  /** So long after its job's end, a start that never found room is given up. */
  static final Duration BUSY_MAX = Duration.ofHours(24);

  /** So many actions run at once. */
  static final int PARALLEL_MAX = 8;

  /** The store is looked at so often even when nobody tells of an end. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** Runs are kept for so long. */
  static final Duration KEEP = Duration.ofDays(60);

  /** So many newest runs are shown. */
  static final int RUNS_SHOWN = 20;

  private ActionSettings() {}
}
