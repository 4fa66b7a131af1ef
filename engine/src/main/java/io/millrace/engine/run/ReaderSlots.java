package io.millrace.engine.run;

import java.util.concurrent.Semaphore;

/**
 * Bounds the partitions that run at once over all streams. A slot stands for a reader's connection
 * and for the memory its batches take, so who waits for a slot waits for both.
 */
final class ReaderSlots {
  private final Semaphore slots;

  ReaderSlots(int readersMax) {
    this.slots = new Semaphore(readersMax, true);
  }

  /** Waits for a slot and holds it until closed. */
  Slot take() throws InterruptedException {
    slots.acquire();
    return new Slot(slots);
  }

  /** A slot that is held. */
  record Slot(Semaphore slots) implements AutoCloseable {
    @Override
    public void close() {
      slots.release();
    }
  }
}
