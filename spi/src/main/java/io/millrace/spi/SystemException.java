package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/** A fault of Millrace, or a failure nobody has sorted yet: few retries, full report. */
public final class SystemException extends ConnectorException {
  /**
   * @param code see {@link #code}
   * @param userMessage see {@link #userMessage}
   * @param internalMessage see {@link #internalMessage}
   */
  public SystemException(
      String code, String userMessage, String internalMessage, @Nullable Throwable cause) {
    super(code, userMessage, internalMessage, cause);
  }

  /** Makes a failure whose sentence says all there is to say. */
  public SystemException(String code, String userMessage) {
    this(code, userMessage, userMessage, null);
  }
}
