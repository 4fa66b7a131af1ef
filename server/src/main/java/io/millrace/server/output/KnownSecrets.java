package io.millrace.server.output;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Hides every secret that a long-running process has come to know, wherever it stands in a text.
 * Thread-safe.
 */
public final class KnownSecrets {
  /** More than these are not remembered: the oldest are forgotten first. */
  private static final int SECRETS_MAX = 10_000;

  private final Set<String> secrets = new LinkedHashSet<>();
  private volatile SecretMask mask = SecretMask.NONE;

  /** Hides these from now on. */
  public synchronized void add(Collection<String> more) {
    if (secrets.addAll(more)) {
      while (secrets.size() > SECRETS_MAX) {
        secrets.remove(secrets.iterator().next());
      }
      mask = SecretMask.of(secrets);
    }
  }

  /** Returns the text with the mask in each secret's place. */
  public String mask(String text) {
    return mask.mask(text);
  }
}
