package io.millrace.engine;

import java.time.Duration;

/** Waits; a simulation waits on its own clock. */
@FunctionalInterface
public interface Pause {
  /** Waits for real. */
  Pause REAL = Thread::sleep;

  /** Returns after the time, or throws at an interrupt. */
  void sleep(Duration time) throws InterruptedException;
}
