package io.millrace.server.joblog;

/** Takes the lines of a log one by one. */
@FunctionalInterface
public interface LineTaker {
  /**
   * Takes a line.
   *
   * @param number its place in the attempt's log, from 0; the numbers of what is no line are left
   *     out
   * @return whether to go on
   */
  boolean take(long number, LogLine line);
}
