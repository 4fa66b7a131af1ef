package io.millrace.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that may work later (network, limit, lock, failover): retried with back-off. */
public final class TransientException extends ConnectorException {
  private final @Nullable Duration retryAfter;

  /**
   * @param code see {@link #code}
   * @param userMessage see {@link #userMessage}
   * @param internalMessage see {@link #internalMessage}
   * @param retryAfter how long the system asked to wait, or null
   */
  public TransientException(
      String code,
      String userMessage,
      String internalMessage,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter) {
    super(code, userMessage, internalMessage, cause);
    this.retryAfter = retryAfter;
  }

  /** Makes a failure after which the engine chooses the wait. */
  public TransientException(
      String code, String userMessage, String internalMessage, @Nullable Throwable cause) {
    this(code, userMessage, internalMessage, cause, null);
  }

  /** Returns how long the system asked to wait, or null. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
