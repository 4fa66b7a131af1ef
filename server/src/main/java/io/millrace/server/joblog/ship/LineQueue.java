package io.millrace.server.joblog.ship;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The lines that wait to be sent: bounded in number and size. Thread-safe. */
final class LineQueue {
  private final ShippingSettings.Bounds bounds;
  private final Deque<ShippedLine> lines = new ArrayDeque<>();
  private long chars;
  private boolean closed;

  LineQueue(ShippingSettings.Bounds bounds) {
    this.bounds = bounds;
  }

  /** Adds a line, or tells that there is no room; never waits. */
  synchronized boolean offer(ShippedLine line) {
    if (closed
        || lines.size() >= bounds.queueLinesMax()
        || chars + line.chars() > bounds.queueCharsMax()) {
      return false;
    }
    lines.addLast(line);
    chars += line.chars();
    if (lines.size() == 1 || lines.size() == bounds.batchLines()) {
      notifyAll();
    }
    return true;
  }

  /**
   * Waits for a first line, then a little for more of them; returns at most a batch, and an empty
   * list only when it is closed and nothing is left.
   */
  synchronized List<ShippedLine> take() throws InterruptedException {
    while (lines.isEmpty() && !closed) {
      wait();
    }
    long end = System.nanoTime() + bounds.gather().toNanos();
    long left = bounds.gather().toMillis();
    while (left > 0 && lines.size() < bounds.batchLines() && !closed) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    List<ShippedLine> batch = new ArrayList<>();
    long size = 0;
    while (!lines.isEmpty()
        && batch.size() < bounds.batchLines()
        && size < bounds.batchCharsMax()) {
      ShippedLine line = lines.removeFirst();
      size += line.chars();
      batch.add(line);
    }
    chars -= size;
    return batch;
  }

  /** Takes no more lines. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized int size() {
    return lines.size();
  }
}
