package io.millrace.spi;

/**
 * Takes a connector's word that its system is at work on a call that takes long, such as a merge of
 * many rows. Thread-safe; cheap.
 *
 * <p>A call that neither returns nor beats for an hour counts as stuck, and its sync is ended. So a
 * beat needs evidence: a statement that the server reports as running, an object that was moved. A
 * mere timer would keep a dead call alive.
 */
@FunctionalInterface
public interface Heartbeat {
  /** Nobody listens. */
  Heartbeat NONE = () -> {};

  /** Says that the system was seen at work just now. */
  void beat();
}
