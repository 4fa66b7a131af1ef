package io.millrace.server.job.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory for batches that running jobs share. Who asked first gets first, so that a large wish
 * is not passed by forever. Thread-safe.
 */
final class MemoryBudget {
  /** A share; closing gives it back, once. */
  final class Share implements AutoCloseable {
    private final long bytes;
    private boolean given;

    private Share(long bytes) {
      this.bytes = bytes;
    }

    long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        if (!given) {
          given = true;
          free += bytes;
          MemoryBudget.this.notifyAll();
        }
      }
    }
  }

  private final long total;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private long free;

  /** Makes a budget of so many bytes. */
  MemoryBudget(long total) {
    this.total = total;
    this.free = total;
  }

  /** Tells whether {@link #take} would wait now. */
  synchronized boolean scarce(MemoryWish wish) {
    return !waiting.isEmpty() || free < least(wish);
  }

  /**
   * Takes a share, as soon as what the wish needs at least is free. A wish beyond the whole budget
   * is one for all of it.
   */
  synchronized Share take(MemoryWish wish) throws InterruptedException {
    Object turn = new Object();
    waiting.addLast(turn);
    try {
      while (!turn.equals(waiting.peekFirst()) || free < least(wish)) {
        wait();
      }
      long bytes = Math.min(free, wish.atMost());
      free -= bytes;
      return new Share(bytes);
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
  }

  private long least(MemoryWish wish) {
    return Math.min(wish.atLeast(), total);
  }
}
