package io.millrace.connectors.postgres.decode;

/** A value that its column's type cannot carry exactly; its row goes to quarantine. */
final class UnfitValueException extends RuntimeException {
  private final int message;
  private final String value;

  /**
   * @param message the index of the message with the value
   * @param reason one sentence that says what was expected
   * @param value the value, as far as it can be shown
   */
  UnfitValueException(int message, String reason, String value) {
    super(reason, null, false, false);
    this.message = message;
    this.value = value;
  }

  int message() {
    return message;
  }

  String value() {
    return value;
  }
}
