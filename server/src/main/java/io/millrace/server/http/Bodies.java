package io.millrace.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads the bodies of requests within bounds of size, time and memory. Thread-safe. */
final class Bodies {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int READ_BYTES = 8 << 10;

  private final Semaphore blocks = new Semaphore(HttpSettings.BODIES_BYTES_MAX / BLOCK_BYTES, true);

  /**
   * The memory of one request's body, given back when the request has ended. The first 64 KB are
   * free, so that large bodies make no small one wait. Belongs to the request's thread.
   */
  final class Share implements AutoCloseable {
    private int taken;

    /**
     * Reads a body to its end.
     *
     * @throws ApiException 413 when it is larger than {@code max}, 408 when it comes too slowly,
     *     503 when too many others are as large
     * @throws IOException when it ends early
     */
    byte[] read(InputStream in, long max) throws IOException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HttpSettings.BODY_SECONDS_MAX);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] read = new byte[READ_BYTES];
      for (int n = in.read(read); n >= 0; n = in.read(read)) {
        if (body.size() + n > max) {
          throw tooLarge(max);
        }
        if (System.nanoTime() > end) {
          throw new ApiException(
              Fault.TOO_SLOW,
              "The body came too slowly; the most is " + HttpSettings.BODY_SECONDS_MAX + " s.");
        }
        body.write(read, 0, n);
        while ((long) (taken + 1) * BLOCK_BYTES < body.size()) {
          take();
        }
      }
      return body.toByteArray();
    }

    private void take() {
      try {
        if (!blocks.tryAcquire(HttpSettings.BODY_WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
          throw new ApiException(
                  Fault.UNAVAILABLE, "Too many large requests at this moment; try again soon.")
              .withHeader("Retry-After", String.valueOf(HttpSettings.BODY_WAIT_SECONDS_MAX));
        }
        taken++;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ApiException(Fault.UNAVAILABLE, "The server is stopping.");
      }
    }

    @Override
    public void close() {
      blocks.release(taken);
      taken = 0;
    }
  }

  static ApiException tooLarge(long max) {
    String most = max >> 20 > 0 ? (max >> 20) + " MB." : (max >> 10) + " KB.";
    return new ApiException(Fault.TOO_LARGE, "The body is too large; the most is " + most);
  }
}
