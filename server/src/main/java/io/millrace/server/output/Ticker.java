package io.millrace.server.output;

import java.time.Duration;

/** Calls something again and again from a thread of its own, until it is closed. */
final class Ticker implements AutoCloseable {
  private final Thread thread;

  Ticker(Duration interval, Runnable tick) {
    this.thread =
        Thread.ofPlatform()
            .name("progress")
            .daemon()
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(interval);
                      tick.run();
                    }
                  } catch (InterruptedException e) {
                    // Closed.
                  }
                });
  }

  /** Returns when no call is running and none will follow. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
