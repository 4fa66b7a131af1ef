package io.millrace.engine;

/** Is told what a sync does. */
public interface SyncListener {
  /**
   * Takes an event. Called from several threads, one at a time; quick, and never throws.
   *
   * <p>Counts change too often for events: {@link SyncEvent.Started} hands over a {@link
   * SyncProgress} that can be asked at any time.
   */
  void on(SyncEvent event);
}
