package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A write may or may not have taken place: it is read back before anything else, nothing is
 * deleted.
 */
public final class OutcomeUnknownException extends ConnectorException {
  /**
   * @param code see {@link #code}
   * @param userMessage see {@link #userMessage}
   * @param internalMessage see {@link #internalMessage}
   */
  public OutcomeUnknownException(
      String code, String userMessage, String internalMessage, @Nullable Throwable cause) {
    super(code, userMessage, internalMessage, cause);
  }

  /** Makes a failure whose sentence says all there is to say. */
  public OutcomeUnknownException(String code, String userMessage) {
    this(code, userMessage, userMessage, null);
  }
}
