package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConnectorException;
import java.util.Collection;
import java.util.List;

/** Checks what a failure tells its user. */
public final class Sentences {
  private static final int CHARS_MIN = 20;
  private static final int CHARS_MAX = 1_500;

  private Sentences() {}

  /**
   * Fails unless the failure speaks in sentences: of sensible length, ending with a full stop,
   * without class names or stack traces, and naming everything in {@code mentions}.
   */
  public static void assertClear(ConnectorException failure, List<String> mentions) {
    String sentence = failure.userMessage();
    assertThat(sentence)
        .as("the sentence for the user")
        .hasSizeBetween(CHARS_MIN, CHARS_MAX)
        .matches("(?s).*[.!?)\"]")
        .doesNotContain("Exception", "\tat ", "null,", " null.");
    for (String mention : mentions) {
      assertThat(sentence).as("the sentence names what is at fault").contains(mention);
    }
    assertThat(failure.code()).as("the code of \"%s\"", sentence).matches("[a-z][a-z0-9_]*");
  }

  /** Fails when a text shows one of these secrets. */
  public static void assertHidden(String where, String text, Collection<String> secrets) {
    for (String secret : secrets) {
      assertThat(text.contains(secret)).as("%s shows the secret \"%s\"", where, secret).isFalse();
    }
  }

  /** Fails when anything a failure carries shows one of these secrets, causes included. */
  public static void assertHidden(ConnectorException failure, Collection<String> secrets) {
    assertHidden("the internal message", failure.internalMessage(), secrets);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertHidden("a failure's message", String.valueOf(cause), secrets);
    }
  }
}
