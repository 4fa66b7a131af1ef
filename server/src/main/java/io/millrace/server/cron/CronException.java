package io.millrace.server.cron;

/** Says what is wrong with an expression or its time zone, in a sentence for its author. */
public final class CronException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, as the API sorts it. */
  public enum Kind {
    MISSING_COMPONENT("missing-component"),
    INVALID_EXPRESSION("invalid-expression"),
    INVALID_TIMEZONE("invalid-timezone"),
    UNSUPPORTED_TIMEZONE("unsupported-timezone");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns the type that clients know. */
    String type() {
      return "error:cron-validation/" + label;
    }
  }

  private final Kind kind;

  CronException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  /** Returns what is wrong. */
  public Kind kind() {
    return kind;
  }

  /** Returns the sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
