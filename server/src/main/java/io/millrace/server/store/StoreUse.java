package io.millrace.server.store;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.PoolStats;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How the connections to the store are used, all pools together. Thread-safe; answers at once. */
public final class StoreUse {
  private final List<PoolStats> pools = new CopyOnWriteArrayList<>();
  private final LongAdder waits = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder transactionMillis = new LongAdder();
  private final LongAdder timeouts = new LongAdder();

  StoreUse() {}

  /** Returns the connections that are in use, as of a second ago. */
  public int busy() {
    return pools.stream().mapToInt(PoolStats::getActiveConnections).sum();
  }

  /** Returns how many threads wait for a connection, as of a second ago. */
  public int awaited() {
    return pools.stream().mapToInt(PoolStats::getPendingThreads).sum();
  }

  /** Returns how often somebody got a connection. */
  public long waits() {
    return waits.sum();
  }

  /** Returns how long they waited for one, in nanoseconds together. */
  public long waitNanos() {
    return waitNanos.sum();
  }

  /** Returns how many transactions have ended. */
  public long transactions() {
    return transactions.sum();
  }

  /** Returns how long they took, in nanoseconds together; each is known to the millisecond. */
  public long transactionNanos() {
    return TimeUnit.MILLISECONDS.toNanos(transactionMillis.sum());
  }

  /** Returns how often somebody waited for a connection in vain. */
  public long timeouts() {
    return timeouts.sum();
  }

  IMetricsTracker track(PoolStats pool) {
    pools.add(pool);
    return new Tracker();
  }

  private final class Tracker implements IMetricsTracker {
    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
      waits.increment();
      waitNanos.add(nanos);
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
      transactions.increment();
      transactionMillis.add(millis);
    }

    @Override
    public void recordConnectionTimeout() {
      timeouts.increment();
    }
  }
}
