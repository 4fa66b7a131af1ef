package io.millrace.server.apiclient;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** How a client says who it is. */
public sealed interface Credentials {
  /** It does not. */
  record None() implements Credentials {}

  /** User and password. */
  record Basic(String user, String password) implements Credentials {
    String header() {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public String toString() {
      return user;
    }
  }

  /** A token it has. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "token";
    }
  }

  /** An API key, for which it gets a token. */
  record Application(String clientId, String clientSecret) implements Credentials {
    @Override
    public String toString() {
      return clientId;
    }
  }

  /**
   * Reads them from variables: {@code PREFIX_TOKEN}, {@code PREFIX_CLIENT_ID} and {@code
   * PREFIX_CLIENT_SECRET}, or {@code PREFIX_USERNAME} and {@code PREFIX_PASSWORD}.
   */
  static Credentials of(Map<String, String> environment, String prefix) {
    String token = environment.getOrDefault(prefix + "_TOKEN", "");
    if (!token.isEmpty()) {
      return new Token(token);
    }
    String id = environment.getOrDefault(prefix + "_CLIENT_ID", "");
    String secret = environment.getOrDefault(prefix + "_CLIENT_SECRET", "");
    if (!id.isEmpty() && !secret.isEmpty()) {
      return new Application(id, secret);
    }
    String user = environment.getOrDefault(prefix + "_USERNAME", "");
    String password = environment.getOrDefault(prefix + "_PASSWORD", "");
    return password.isEmpty() ? new None() : new Basic(user.isEmpty() ? "airbyte" : user, password);
  }
}
