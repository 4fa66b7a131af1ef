package io.millrace.connectors.files.format;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Divides the memory for row groups among all files of this process that are being written. */
final class RowGroupMemory {
  /** Together with readers and buffers it keeps the process within its 1 GiB. */
  private static final long BYTES_MAX = 128L << 20;

  private static final AtomicInteger SHARES = new AtomicInteger();

  private RowGroupMemory() {}

  /** Takes a share of at most {@code wanted} bytes; it shrinks when others come. */
  static Share share(long wanted) {
    SHARES.incrementAndGet();
    return new Share(wanted);
  }

  /** A file's share; closed when the file is. */
  static final class Share implements AutoCloseable {
    private final long wanted;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Share(long wanted) {
      this.wanted = wanted;
    }

    long bytes() {
      return Math.min(wanted, BYTES_MAX / Math.max(1, SHARES.get()));
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        SHARES.decrementAndGet();
      }
    }
  }
}
