package io.millrace.server.joblog;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Follows an attempt's log as server-sent events until the attempt has ended. */
final class LogTail {
  /** A comment so often keeps the connection open and finds out that the client has gone. */
  private static final long BEAT_MILLIS = 5_000;

  private final JobLogs logs;
  private final AttemptKey key;
  private final Predicate<AttemptKey> running;
  private long next;

  LogTail(JobLogs logs, AttemptKey key, long from, Predicate<AttemptKey> running) {
    this.logs = logs;
    this.key = key;
    this.next = from;
    this.running = running;
  }

  void follow(OutputStream out) throws IOException, InterruptedException {
    try {
      boolean more = true;
      while (more) {
        // Asked first: what was said before the end is still read after it.
        more = running.test(key);
        logs.read(key, next, line -> send(out, line));
        out.flush();
        if (more) {
          logs.await(key, next, BEAT_MILLIS);
          out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
        }
      }
      out.write("event: end\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean send(OutputStream out, LogLine line) {
    try {
      String event = "id: " + next + "\ndata: " + line.json() + "\n\n";
      out.write(event.getBytes(StandardCharsets.UTF_8));
      next++;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
