package io.millrace.server.secret;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An encrypted value as the store holds it: {@code v1:<key id>:<base64>}.
 *
 * @param keyId the id of the key that opens it
 * @param content nonce, encrypted value and tag, as base64
 */
record Envelope(String keyId, String content) {
  private static final String VERSION = "v1:";
  private static final Pattern TEXT = Pattern.compile("v1:([0-9a-f]{8}):([A-Za-z0-9+/]+={0,2})");

  /** Reads an envelope; empty when the text is none. */
  static Optional<Envelope> read(String text) {
    if (!text.startsWith(VERSION)) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(new Envelope(matcher.group(1), matcher.group(2)));
  }

  static Envelope of(String keyId, byte[] content) {
    return new Envelope(keyId, Base64.getEncoder().encodeToString(content));
  }

  /** Returns the content; nothing when it was cut or changed so that it is no base64. */
  byte[] bytes() {
    try {
      return Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  @Override
  public String toString() {
    return VERSION + keyId + ":" + content;
  }
}
