package io.millrace.server.secret;

import java.nio.file.Path;
import java.util.Map;

/** Makes secrets for tests. */
public final class TestSecrets {
  private TestSecrets() {}

  /** Returns secrets with the key of a data directory. */
  public static Secrets in(Path dataDirectory) {
    return in(dataDirectory, Map.of());
  }

  /** Returns secrets with the keys of a data directory and an environment. */
  public static Secrets in(Path dataDirectory, Map<String, String> environment) {
    return new Secrets(Keyring.load(dataDirectory, environment), opened -> {});
  }
}
