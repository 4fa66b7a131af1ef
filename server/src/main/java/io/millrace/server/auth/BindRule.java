package io.millrace.server.auth;

import io.millrace.server.http.HttpServer;
import io.millrace.spi.ConfigException;
import java.util.Optional;

/** What must hold before the server listens to more than this machine. */
public final class BindRule {
  private BindRule() {}

  /**
   * Refuses an address that others reach while no login is needed.
   *
   * @throws ConfigException with what to do
   */
  public static void check(String host, AuthSettings auth) {
    if (!HttpServer.isLoopback(host) && !auth.required()) {
      throw new ConfigException(
          "login_needed",
          "Others reach "
              + host
              + ", and no login is set. Set MILLRACE_PASSWORD (or MILLRACE_USERNAME alone, for a"
              + " password that is generated), or listen on 127.0.0.1.");
    }
  }

  /** Returns what to know although nothing is refused: passwords that travel in the clear. */
  public static Optional<String> warning(String host, AuthSettings auth) {
    return HttpServer.isLoopback(host) || auth.secure()
        ? Optional.empty()
        : Optional.of(
            "Passwords and tokens travel in the clear to "
                + host
                + ": set --tls-cert and --tls-key, or put a proxy with TLS before it and name it"
                + " with --public-url https://...");
  }
}
