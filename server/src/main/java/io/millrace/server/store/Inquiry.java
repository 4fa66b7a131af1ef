package io.millrace.server.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question to the store for those who can do without its answer: it is asked on a thread of its
 * own, so that a store that is away keeps nobody waiting. Thread-safe; who asks while it is being
 * asked shares the answer.
 *
 * @param <T> the answer
 */
public final class Inquiry<T> {
  private final String name;
  private final Supplier<T> question;
  private final Duration kept;
  private @Nullable CompletableFuture<T> newest;
  private long askedNanos;

  /**
   * Makes it.
   *
   * @param name of its thread
   * @param question asked in a hurry, so that it ends by itself, also when the store hangs
   * @param kept how long an answer is good for everybody
   */
  Inquiry(String name, Supplier<T> question, Duration kept) {
    this.name = name;
    this.question = question;
    this.kept = kept;
  }

  /**
   * Returns the answer; nothing where there is none in time.
   *
   * @param wait how long to wait for it at most
   */
  public Optional<T> answer(Duration wait) {
    try {
      return Optional.of(ask().get(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private synchronized CompletableFuture<T> ask() {
    if (newest != null && !outdated(newest)) {
      return newest;
    }
    CompletableFuture<T> asked = new CompletableFuture<>();
    newest = asked;
    askedNanos = System.nanoTime();
    Thread.ofVirtual().name(name).start(() -> Patience.hurry(() -> put(asked)));
    return asked;
  }

  private boolean outdated(CompletableFuture<T> asked) {
    return asked.isCompletedExceptionally()
        || (asked.isDone() && System.nanoTime() - askedNanos >= kept.toNanos());
  }

  private void put(CompletableFuture<T> asked) {
    try {
      asked.complete(question.get());
    } catch (RuntimeException | Error e) {
      asked.completeExceptionally(e);
    }
  }
}
