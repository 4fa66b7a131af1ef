package io.millrace.connectors.files.source.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP answer as it arrives. Unlike the JDK's own stream it gives up on a server
 * that falls silent, and at most one delivery waits in memory.
 */
final class BodyInput extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  /** How long a server may be silent within an answer. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  /** What the connection delivers: bytes, its end, or a failure. */
  private sealed interface Delivery {
    record Bytes(List<ByteBuffer> buffers) implements Delivery {}

    record End() implements Delivery {}

    record Failure(Throwable cause) implements Delivery {}
  }

  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private boolean ended;

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    deliveries.add(new Delivery.Bytes(item));
  }

  @Override
  public void onError(Throwable cause) {
    deliveries.add(new Delivery.Failure(cause));
  }

  @Override
  public void onComplete() {
    deliveries.add(new Delivery.End());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    ByteBuffer next = buffers.peek();
    while (next == null || !next.hasRemaining()) {
      if (next != null) {
        buffers.remove();
      } else if (ended) {
        return -1;
      } else {
        await();
      }
      next = buffers.peek();
    }
    int count = Math.min(length, next.remaining());
    next.get(target, offset, count);
    return count;
  }

  private void await() throws IOException {
    Delivery delivery;
    try {
      delivery = deliveries.poll(SILENCE_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    switch (delivery) {
      case null -> throw new IOException("no byte came for " + SILENCE_MAX.toSeconds() + " s");
      case Delivery.Bytes(List<ByteBuffer> delivered) -> {
        buffers.addAll(delivered);
        Flow.Subscription from = subscription;
        if (from != null) {
          from.request(1);
        }
      }
      case Delivery.End() -> ended = true;
      case Delivery.Failure(Throwable cause) -> {
        deliveries.add(delivery);
        throw new IOException(cause.getMessage(), cause);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
    deliveries.add(new Delivery.Failure(new IOException("closed")));
  }
}
