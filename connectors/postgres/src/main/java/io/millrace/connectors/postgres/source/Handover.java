package io.millrace.connectors.postgres.source;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes things from one thread to another, one at a time. Whoever closes it sets both free.
 *
 * @param <T> the things
 */
final class Handover<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable T thing;
  private boolean closed;

  /** Waits until there is room and puts a thing there; false when it is closed instead. */
  boolean put(T next) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (thing != null && !closed) {
        changed.await();
      }
      if (closed) {
        return false;
      }
      thing = next;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a thing and takes it; null when it is closed instead. */
  @Nullable T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (thing == null && !closed) {
        changed.await();
      }
      @Nullable T taken = thing;
      thing = null;
      changed.signalAll();
      return closed ? null : taken;
    } finally {
      lock.unlock();
    }
  }

  /** Closes it and returns the thing that nobody took, or null. */
  @Nullable T close() {
    lock.lock();
    try {
      @Nullable T left = thing;
      thing = null;
      closed = true;
      changed.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
