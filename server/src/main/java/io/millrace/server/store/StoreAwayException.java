package io.millrace.server.store;

/** The store does not answer; what was asked of it may be asked again when it does. */
public final class StoreAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreAwayException(Throwable cause) {
    super(
        "The metadata store does not answer. Try again when it does, which /ready tells; a change"
            + " that was under way may have been made.",
        cause);
  }

  StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
