package io.millrace.spi.config;

/**
 * A text that is never shown: not in logs, messages or specs.
 *
 * @param value the text itself; read it only where it is used
 */
public record Secret(String value) {
  /** What is shown instead. */
  public static final String MASK = "**********";

  @Override
  public String toString() {
    return MASK;
  }
}
