package io.millrace.server.joblog.ship;

import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.joblog.LogListener;
import io.millrace.server.joblog.ship.ShippedLine.Counts;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the lines of jobs' logs to Elasticsearch or OpenSearch, into one index a day. Thread-safe.
 *
 * <p>No job ever waits: where the cluster is slow or away, lines wait up to a bound, and those that
 * come then are dropped and counted; they stay in the logs on disk. What waits when the process
 * ends, however it ends, is read from there and sent by the next one.
 */
public final class LogShipper implements LogListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
  private static final int CONNECTIONS_REMEMBERED = 1_000;

  /** Of so many failures in a row one is said. */
  private static final int FAILURES_SAID = 60;

  private final ShippingSettings.Bounds bounds;
  private final JobLogs logs;
  private final String sender;
  private final LongFunction<String> connectionOf;
  private final PendingLines pending;
  private final LineQueue queue;
  private final BulkClient client;
  private final Thread thread;
  private final AtomicLong shipped = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Map<Long, String> connections = new LinkedHashMap<>();
  private volatile boolean stopping;

  /**
   * Begins to send the lines that come, after those that an earlier process has left.
   *
   * @param logs whose lines these are; nothing has been logged there yet
   * @param sender tells this installation from others that send to the same cluster, always the
   *     same
   * @param connectionOf finds the connection of a job, or an empty text; called on the shipper's
   *     thread, once a job
   */
  public LogShipper(
      ShippingSettings settings, JobLogs logs, String sender, LongFunction<String> connectionOf) {
    this.logs = logs;
    this.sender = sender;
    this.pending = new PendingLines(logs);
    this.bounds = settings.bounds();
    this.connectionOf = connectionOf;
    this.queue = new LineQueue(bounds);
    this.client = new BulkClient(settings);
    this.thread = Thread.ofVirtual().name("log-shipping").start(this::run);
    logs.listen(this);
  }

  @Override
  public void logged(AttemptKey key, long number, LogLine line) {
    offer(new ShippedLine(key, number, line, Counts.NONE));
  }

  /** Sends a line that says what a sync came to. */
  public void ended(AttemptKey key, LogLine line, long records, long bytes) {
    offer(new ShippedLine(key, ShippedLine.END, line, new Counts(records, bytes)));
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

  /** Sends what waits, within the bound; what is left then is sent by the next process. */
  @Override
  public void close() {
    stopping = true;
    queue.close();
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
    LOG.atInfo()
        .addKeyValue("shipped", shipped())
        .addKeyValue("dropped", dropped())
        .addKeyValue("left", queued())
        .log("log_shipping_ended");
  }

  private void offer(ShippedLine line) {
    pending.add(line);
    if (!queue.offer(line) && !stopping) {
      pending.done(List.of(line));
      // Said by the thread that sends: here a log line would come for each one lost.
      dropped.incrementAndGet();
    }
  }

  private void run() {
    long said = 0;
    try {
      resume();
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

  private void resume() throws InterruptedException {
    List<PendingLines.Left> left;
    try {
      left = pending.left();
    } catch (UncheckedIOException e) {
      LOG.atWarn().setCause(e).log("logs_not_read_for_shipping");
      return;
    }
    for (PendingLines.Left one : left) {
      resume(one);
    }
  }

  /** Sends what an earlier process has left of an attempt, from its log. */
  private void resume(PendingLines.Left left) throws InterruptedException {
    AttemptKey key = left.key();
    try {
      List<ShippedLine> batch = batch(key, left.from());
      while (!batch.isEmpty()) {
        ship(batch);
        long next = batch.getLast().number() + 1;
        pending.reached(key, next);
        batch = batch(key, next);
      }
    } catch (UncheckedIOException e) {
      LOG.atWarn().addKeyValue("job", key.job()).setCause(e).log("log_not_read_for_shipping");
      return;
    }
    if (left.end().isPresent()) {
      ship(List.of(left.end().get()));
    }
    pending.reachedEnd(key);
  }

  private List<ShippedLine> batch(AttemptKey key, long from) {
    List<ShippedLine> batch = new ArrayList<>();
    long[] chars = {0};
    logs.readNumbered(
        key,
        from,
        (number, line) -> {
          ShippedLine one = new ShippedLine(key, number, line, Counts.NONE);
          batch.add(one);
          chars[0] += one.chars();
          return batch.size() < bounds.batchLines() && chars[0] < bounds.batchCharsMax();
        });
    return batch;
  }

  /** Sends lines until all are taken or refused. */
  private void ship(List<ShippedLine> batch) throws InterruptedException {
    List<ShippedLine> left = batch;
    int share = batch.size();
    int failures = 0;
    while (!left.isEmpty()) {
      List<ShippedLine> part = List.copyOf(left.subList(0, Math.min(share, left.size())));
      List<ShippedLine> rest = left.subList(part.size(), left.size());
      BulkClient.Result result = client.send(part, texts(part));
      drop(result.refused(), String.valueOf(result.reason()));
      int taken = part.size() - result.again().size() - result.refused();
      shipped.addAndGet(taken);
      Set<ShippedLine> again = new HashSet<>(result.again());
      pending.done(part.stream().filter(line -> !again.contains(line)).toList());
      left = new ArrayList<>(result.again());
      left.addAll(rest);
      if (!result.again().isEmpty()) {
        // Perhaps the request is too large for the cluster.
        share = Math.max(1, share / 2);
        pause(failures++, String.valueOf(result.reason()));
      }
    }
  }

  private List<String> texts(List<ShippedLine> lines) {
    return lines.stream().map(line -> line.bulk(sender, connection(line.key().job()))).toList();
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

  private void pause(int failures, String reason) throws InterruptedException {
    Duration pause = bounds.pauseMin().multipliedBy(1L << Math.min(failures, 16));
    pause = pause.compareTo(bounds.pauseMax()) < 0 ? pause : bounds.pauseMax();
    if (failures % FAILURES_SAID == 0) {
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
