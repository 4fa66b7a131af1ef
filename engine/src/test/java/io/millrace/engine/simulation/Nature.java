package io.millrace.engine.simulation;

/** What is likely to happen to one process. */
enum Nature {
  /** Nothing goes wrong. */
  CALM,
  /** It is killed at some step. */
  DIES,
  /** Calls fail for now, or nobody knows how they ended. */
  FLAKY,
  /** A call hangs until somebody cancels, or somebody cancels anyway. */
  HANGS,
  /** A call fails for good. */
  BROKEN,
  /** The destination runs out of space. */
  FULL,
  /** All of it. */
  WILD
}
