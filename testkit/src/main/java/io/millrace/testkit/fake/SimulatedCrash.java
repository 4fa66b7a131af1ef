package io.millrace.testkit.fake;

/**
 * The process has been killed at this point: nothing after it happened. An {@link Error}, so that
 * nobody takes it for a failure that can be handled.
 */
public final class SimulatedCrash extends Error {
  /** Makes the crash at a step. */
  public SimulatedCrash(Step step) {
    super("The simulated process is dead since " + step + ".");
  }
}
