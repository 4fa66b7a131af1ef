package io.millrace.server.joblog;

/** Is told of each line that a job's log takes. */
@FunctionalInterface
public interface LogListener {
  /**
   * A line has come. Called on the thread that logs, in no order between threads; must not block,
   * log or throw.
   */
  void logged(AttemptKey key, LogLine line);
}
