package io.millrace.server.joblog.ship;

import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.joblog.LogListener;
import io.millrace.server.joblog.ship.ShippedLine.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the lines of jobs' logs to Elasticsearch or OpenSearch, into one index a day. Thread-safe.
 *
 * <p>No job ever waits: where the cluster is slow or away, lines wait up to a bound and are then
 * dropped and counted; they stay in the logs on disk.
 */
public final class LogShipper implements LogListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
  private static final int CONNECTIONS_REMEMBERED = 1_000;

  private final ShippingSettings.Bounds bounds;
  private final LongFunction<String> connectionOf;
  private final LineQueue queue;
  private final BulkClient client;
  private final Thread thread;
  private final String prefix = UUID.randomUUID() + "-";
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong shipped = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Map<Long, String> connections = new LinkedHashMap<>();
  private volatile boolean stopping;

  /**
   * Begins to send.
   *
   * @param connectionOf finds the connection of a job, or an empty text; called on the shipper's
   *     thread, once a job
   */
  public LogShipper(ShippingSettings settings, LongFunction<String> connectionOf) {
    this.bounds = settings.bounds();
    this.connectionOf = connectionOf;
    this.queue = new LineQueue(bounds);
    this.client = new BulkClient(settings);
    this.thread = Thread.ofVirtual().name("log-shipping").start(this::run);
  }

  @Override
  public void logged(AttemptKey key, LogLine line) {
    offer(key, line, Counts.NONE);
  }

  /** Sends a line that says what a sync came to. */
  public void ended(AttemptKey key, LogLine line, long records, long bytes) {
    offer(key, line, new Counts(records, bytes));
  }

  /** Returns how many lines the cluster has taken. */
  public long shipped() {
    return shipped.get();
  }

  /** Returns how many lines were dropped. */
  public long dropped() {
    return dropped.get();
  }

  /** Returns how many lines wait. */
  public int queued() {
    return queue.size();
  }

  /** Sends what waits, within the bound; what is left then is dropped. */
  @Override
  public void close() {
    queue.close();
    stopping = true;
    try {
      if (!thread.join(bounds.flushMax())) {
        thread.interrupt();
        thread.join(bounds.flushMax());
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    client.close();
    drop(queue.size(), "the server stops");
    LOG.atInfo()
        .addKeyValue("shipped", shipped())
        .addKeyValue("dropped", dropped())
        .log("log_shipping_ended");
  }

  private void offer(AttemptKey key, LogLine line, Counts counts) {
    if (!queue.offer(new ShippedLine(prefix + number.getAndIncrement(), key, line, counts))) {
      // Said by the thread that sends: here a log line would come for each one lost.
      dropped.incrementAndGet();
    }
  }

  private void run() {
    long said = 0;
    try {
      for (List<ShippedLine> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        ship(batch);
        long lost = dropped();
        if (lost > said) {
          LOG.atWarn().addKeyValue("lines", lost - said).log("log_lines_not_shipped");
          said = lost;
        }
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("log_shipping_interrupted");
    }
  }

  private void ship(List<ShippedLine> batch) throws InterruptedException {
    List<ShippedLine> left = batch;
    int share = batch.size();
    try {
      for (int tries = 0; !left.isEmpty() && tries < bounds.triesMax(); ) {
        List<ShippedLine> part = List.copyOf(left.subList(0, Math.min(share, left.size())));
        List<ShippedLine> rest = left.subList(part.size(), left.size());
        BulkClient.Result result = client.send(part, texts(part));
        drop(result.refused(), String.valueOf(result.reason()));
        int taken = part.size() - result.again().size() - result.refused();
        shipped.addAndGet(taken);
        left = new ArrayList<>(result.again());
        left.addAll(rest);
        if (!result.again().isEmpty()) {
          // Perhaps the request is too large for the cluster.
          share = Math.max(1, share / 2);
          pause(tries++, String.valueOf(result.reason()));
        }
      }
    } finally {
      drop(left.size(), "the cluster did not take them");
    }
  }

  private List<String> texts(List<ShippedLine> lines) {
    return lines.stream().map(line -> line.bulk(connection(line.key().job()))).toList();
  }

  private String connection(long job) {
    String known = connections.get(job);
    if (known != null) {
      return known;
    }
    if (connections.size() >= CONNECTIONS_REMEMBERED) {
      connections.clear();
    }
    String found;
    try {
      found = connectionOf.apply(job);
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("job", job).setCause(e).log("connection_of_job_unknown");
      return "";
    }
    connections.put(job, found);
    return found;
  }

  private void pause(int tries, String reason) throws InterruptedException {
    Duration pause = bounds.pauseMin().multipliedBy(1L << Math.min(tries, 16));
    pause = pause.compareTo(bounds.pauseMax()) < 0 ? pause : bounds.pauseMax();
    if (tries == 0) {
      LOG.atWarn()
          .addKeyValue("reason", reason)
          .addKeyValue("again_in", pause)
          .log("log_shipping_failed");
    }
    if (stopping) {
      pause = bounds.pauseMin();
    }
    Thread.sleep(pause);
  }

  private void drop(int lines, String reason) {
    if (lines > 0) {
      dropped.addAndGet(lines);
      LOG.atWarn()
          .addKeyValue("lines", lines)
          .addKeyValue("reason", reason)
          .log("log_lines_dropped");
    }
  }
}
