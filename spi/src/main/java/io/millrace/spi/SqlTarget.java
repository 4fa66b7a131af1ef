package io.millrace.spi;

import java.util.List;

/**
 * What a {@link Destination} is besides when it speaks SQL: it runs statements of its user's, with
 * the rights of its configuration. May be called whenever the destination is open, from any thread.
 */
public interface SqlTarget {
  /**
   * Runs statements in order, in one transaction: all of them happen or none does. Results are
   * dropped. Ends within a few seconds of an interrupt.
   *
   * @throws ConfigException when one fails; the sentence says which
   * @throws TransientException when it may work later
   */
  void run(List<String> statements) throws InterruptedException;
}
