package io.millrace.connectors.files.source.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * A remote file's bytes that go on where they stopped when the connection breaks. A few failures in
 * a row without a byte between them are the end.
 */
final class RetryingInput extends InputStream {
  private static final int FAILURES_MAX = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);

  /** Opens the same version of a file at an offset. */
  interface Opener {
    InputStream open(long offset) throws IOException, InterruptedException;
  }

  private final Opener opener;
  private volatile InputStream input;
  private volatile boolean closed;
  private long offset;
  private int failures;

  RetryingInput(Opener opener, long offset) throws IOException, InterruptedException {
    this.opener = opener;
    this.offset = offset;
    this.input = opener.open(offset);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int at, int length) throws IOException {
    while (true) {
      try {
        int read = input.read(buffer, at, length);
        offset += Math.max(0, read);
        failures = 0;
        return read;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (closed || failures == FAILURES_MAX) {
          throw e;
        }
        reopen(e);
      }
    }
  }

  private void reopen(IOException cause) throws IOException {
    quietClose();
    try {
      Thread.sleep(FIRST_WAIT.multipliedBy(1L << failures));
      failures++;
      input = opener.open(offset);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (IOException e) {
      e.addSuppressed(cause);
      throw e;
    }
    if (closed) {
      quietClose();
    }
  }

  private void quietClose() {
    try {
      input.close();
    } catch (IOException e) {
      // The connection is broken already.
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    input.close();
  }
}
