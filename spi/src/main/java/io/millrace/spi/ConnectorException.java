package io.millrace.spi;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure, sorted by who acts next. The engine adds where it happened (origin, stage, stream).
 *
 * <p>The message is a sentence or two for the user: the value at fault, what was expected, what to
 * do next. Text that came from outside is cut to {@value #OUTSIDE_TEXT_CHARS_MAX} characters and
 * never holds a secret.
 */
public abstract sealed class ConnectorException extends RuntimeException
    permits ConfigException, TransientException, SystemException, OutcomeUnknownException {
  /** The number of characters that are kept of text that came from outside. */
  public static final int OUTSIDE_TEXT_CHARS_MAX = 500;

  private static final Pattern JAVA_EXCEPTION =
      Pattern.compile("\\b([a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*(Exception|Error): ");

  private final String code;
  private final String internalMessage;

  ConnectorException(
      String code, String userMessage, String internalMessage, @Nullable Throwable cause) {
    super(userMessage, cause);
    this.code = code;
    this.internalMessage = internalMessage;
  }

  /** Returns the stable code: lower case with underscores, of few values, such as {@code auth}. */
  public String code() {
    return code;
  }

  /** Returns the details for the log: the system's own words, statements, states. */
  public String internalMessage() {
    return internalMessage;
  }

  /** Returns the sentence for the user. */
  public String userMessage() {
    return String.valueOf(getMessage());
  }

  /**
   * Returns text from outside, made fit for a message: one line, without the names of Java's
   * exceptions in front of what they say, cut to the bound.
   */
  public static String outside(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String line =
        JAVA_EXCEPTION.matcher(text.strip()).replaceAll("").strip().replaceAll("\\s+", " ");
    if (line.length() <= OUTSIDE_TEXT_CHARS_MAX) {
      return line;
    }
    return line.substring(0, OUTSIDE_TEXT_CHARS_MAX) + "...";
  }
}
