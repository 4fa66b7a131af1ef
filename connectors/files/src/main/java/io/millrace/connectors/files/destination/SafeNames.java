package io.millrace.connectors.files.destination;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Makes names from outside fit to be one part of a path, without two names becoming one. */
final class SafeNames {
  private static final int BYTES_MAX = 180;
  private static final int HASH_HEX_DIGITS = 8;
  private static final Set<String> OURS = Set.of(StreamFolder.CONTROL, StreamFolder.MANIFEST);

  private SafeNames() {}

  /**
   * Returns the name without separators and control characters, of bounded length, and never one
   * that a path or we give a meaning; a changed name ends with a hash of the old one. Idempotent.
   */
  static String part(String name) {
    String plain = name.replaceAll("[/\\\\\\x00-\\x1F\\x7F]", "_");
    if (plain.matches("\\.*") || OURS.contains(plain)) {
      plain = "_" + plain.replace('.', '_');
    }
    if (plain.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      plain = cut(plain, BYTES_MAX - HASH_HEX_DIGITS - 1);
    }
    return plain.equals(name) ? name : plain + "_" + hash(name);
  }

  private static String cut(String text, int bytesMax) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > bytesMax) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  /** Returns a short stable hash of a text. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
