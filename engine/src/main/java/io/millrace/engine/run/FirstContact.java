package io.millrace.engine.run;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers whether both sides have answered this process: a stream was planned and its target
 * opened. Before that a failed connection is most likely a mistake, and a person waits for the
 * answer; afterwards it is most likely a restart, which is worth waiting for. Thread-safe.
 */
final class FirstContact {
  private final AtomicBoolean made = new AtomicBoolean();

  /** Notes that both sides have answered. */
  void make() {
    if (!made.get()) {
      made.set(true);
    }
  }

  /** Tells whether both sides have answered. */
  boolean made() {
    return made.get();
  }
}
