package io.millrace.server.training;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The UUID that a client chose last and that a server gives back: a recording has a place for it,
 * as long as it is itself. One for all connections. Thread-safe.
 */
final class ChosenId {
  private static final String PLACE = "00000000-0000-0000-0000-000000000000";
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private volatile String chosen = PLACE;

  /** Looks for one in a question's parameters. */
  void hear(byte[] sent) {
    boolean withParameters = sent.length > 0 && (sent[0] == 'P' || sent[0] == 'B');
    if (withParameters) {
      Matcher found = UUID.matcher(new String(sent, StandardCharsets.ISO_8859_1));
      while (found.find()) {
        chosen = found.group();
      }
    }
  }

  /** Returns an answer for the recording, with the place in its stead. */
  byte[] hidden(byte[] answer) {
    return replaced(answer, chosen, PLACE);
  }

  /** Returns an answer of the recording, with the id in its place. */
  byte[] shown(byte[] answer) {
    return replaced(answer, PLACE, chosen);
  }

  private static byte[] replaced(byte[] answer, String from, String to) {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }
}
