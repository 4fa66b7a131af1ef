package io.millrace.spi;

import java.util.List;

/**
 * A configured system that streams are written to.
 *
 * <p>Grammar: {@code open warmUp? (check | identify | distinguish | preview | loader)* close}.
 * Several streams are loaded at once from different threads, so a destination is thread-safe. Every
 * blocking call ends within a few seconds of an interrupt. Every failure is a {@link
 * ConnectorException}.
 */
public interface Destination extends AutoCloseable {
  /**
   * Proves that the configuration works by doing a little of the real work: writes something small
   * and removes it again.
   *
   * @throws ConfigException when the user must change something
   * @throws TransientException when it may work later
   */
  void check() throws InterruptedException;

  /**
   * Makes contact, so that the first loader opens sooner; changes nothing. It runs beside the
   * source's discovery and is interrupted when the sync ends. Nobody hears of a failure: the first
   * loader meets it again and tells it.
   */
  default void warmUp() throws InterruptedException {}

  /** Returns what this destination can do and wants, as configured. Pure. */
  DestinationTraits traits();

  /**
   * Returns the name the system would really use: cut to its length with a stable hash, folded
   * where it folds. Pure and idempotent: two targets with equal {@link TargetName#identity} would
   * be one table or folder.
   */
  TargetName identify(TargetName wanted);

  /**
   * Returns a target that is told apart from an identified one by a mark: for two streams whose
   * targets would be one. Pure; what it returns is identified. It has another {@link
   * TargetName#identity}, also where the configuration lets the name play no part in the place.
   *
   * @param mark a few letters and digits
   */
  default TargetName distinguish(TargetName target, String mark) {
    return identify(TargetName.wanted(target.namespace(), target.name() + "_" + mark));
  }

  /**
   * Returns what people call an identified target: its full table name, or its folder, as {@link
   * StreamLoader#target} will. Asks no system.
   */
  default String describe(TargetName target) {
    return target.display();
  }

  /**
   * Returns the statements or actions that loading this plan would take, for people, in order.
   * Looks at the target, changes nothing.
   */
  List<String> preview(LoadPlan plan) throws InterruptedException;

  /**
   * Opens the loader of one stream: makes or evolves the target (new columns, widened types) or its
   * shadow, and finds what this sync has committed already. Records of earlier syncs of this
   * connection and stream, and unpublished rows of them, are removed.
   *
   * @throws ConfigException when the target cannot take the plan; the sentence says what to change
   */
  StreamLoader open(LoadPlan plan) throws InterruptedException;

  /** Ends every connection. May follow any call, and be called twice; never throws. */
  @Override
  void close();
}
