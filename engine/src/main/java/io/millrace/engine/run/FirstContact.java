package io.millrace.engine.run;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers whether any row of this process has reached the destination. Before that a failed
 * connection is most likely a mistake, and a person waits for the answer; afterwards it is most
 * likely a restart, which is worth waiting for. Thread-safe.
 */
final class FirstContact {
  private final AtomicBoolean made = new AtomicBoolean();

  /** Notes that rows were written. */
  void make() {
    if (!made.get()) {
      made.set(true);
    }
  }

  /** Tells whether rows were written. */
  boolean made() {
    return made.get();
  }
}
