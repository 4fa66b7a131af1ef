package io.millrace.server.joblog;

/** Is told of each line that a job's log takes. */
@FunctionalInterface
public interface LogListener {
  /**
   * A line has come. Called on the thread that logs, in no order between threads; must not block,
   * log or throw.
   *
   * @param number its place in the attempt's log; a line that the disk did not take has the number
   *     of the next that it does
   */
  void logged(AttemptKey key, long number, LogLine line);
}
