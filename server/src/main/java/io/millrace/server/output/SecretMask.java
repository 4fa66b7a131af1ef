package io.millrace.server.output;

import io.millrace.spi.config.Secret;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Hides known secrets wherever they stand in a text. Immutable. */
public final class SecretMask {
  /** Hides nothing. */
  public static final SecretMask NONE = new SecretMask(List.of());

  private static final int CHARS_MIN = 4;

  private final List<String> secrets;

  private SecretMask(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * Hides these texts. Those shorter than {@value #CHARS_MIN} characters are left: they would hide
   * half of every line, and so show where they are.
   */
  public static SecretMask of(Collection<String> secrets) {
    return new SecretMask(
        secrets.stream()
            .filter(secret -> secret.length() >= CHARS_MIN)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /** Returns the text with the mask in each secret's place. */
  public String mask(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, Secret.MASK);
    }
    return masked;
  }
}
