package io.millrace.engine;

import java.util.ArrayList;
import java.util.List;

/** Asks a sync to stop. Thread-safe; once asked, it stays asked. */
public final class Cancellation {
  private final List<Runnable> listeners = new ArrayList<>();
  private final List<Thread> left = new ArrayList<>();
  private boolean requested;

  /** Asks to stop. Returns at once; the sync ends within its bound and can be resumed. */
  public void request() {
    List<Runnable> told;
    synchronized (this) {
      if (requested) {
        return;
      }
      requested = true;
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  /** Tells whether somebody asked. */
  public synchronized boolean requested() {
    return requested;
  }

  /**
   * Takes note of threads that the sync gave up because they did not end by their interrupt. What
   * they still do reaches neither the target nor the store.
   */
  public synchronized void left(List<Thread> threads) {
    left.addAll(threads);
  }

  /** Returns the threads that were given up and still run. */
  public synchronized List<Thread> stillRunning() {
    left.removeIf(thread -> !thread.isAlive());
    return List.copyOf(left);
  }

  /** Runs the listener when somebody asks; at once when somebody has. */
  public void onRequest(Runnable listener) {
    synchronized (this) {
      if (!requested) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }
}
