package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/** The user's settings, rights or data make this impossible: the user acts, nothing is retried. */
public final class ConfigException extends ConnectorException {
  /**
   * @param code see {@link #code}
   * @param userMessage see {@link #userMessage}
   * @param internalMessage see {@link #internalMessage}
   */
  public ConfigException(
      String code, String userMessage, String internalMessage, @Nullable Throwable cause) {
    super(code, userMessage, internalMessage, cause);
  }

  /** Makes a failure whose sentence says all there is to say. */
  public ConfigException(String code, String userMessage) {
    this(code, userMessage, userMessage, null);
  }
}
