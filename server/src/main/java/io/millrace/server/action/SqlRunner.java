package io.millrace.server.action;

import io.millrace.server.actor.ActorId;
import java.util.List;

/** Runs statements at a destination. */
@FunctionalInterface
public interface SqlRunner {
  /**
   * Runs them in order, in one transaction.
   *
   * @throws io.millrace.spi.ConfigException when the destination runs no SQL, or refuses it
   * @throws io.millrace.spi.TransientException when it may work later
   * @throws InterruptedException when they were interrupted; they are rolled back
   */
  void run(ActorId destination, List<String> statements) throws InterruptedException;
}
