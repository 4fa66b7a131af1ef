package io.millrace.server.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how people log in.
 *
 * @param required whether anybody must: true once a user name or a password is set
 * @param userName the name of the one account
 * @param password its password, or null for one that is generated and can be changed
 * @param secure whether browsers reach the server through TLS alone, so that cookies need it
 * @param hashRounds how slowly passwords are hashed: rounds of PBKDF2
 */
public record AuthSettings(
    boolean required, String userName, @Nullable String password, boolean secure, int hashRounds) {
  private static final String USER_NAME = "MILLRACE_USERNAME";
  private static final String PASSWORD = "MILLRACE_PASSWORD";
  private static final String USER_NAME_DEFAULT = "airbyte";

  /** Reads {@code MILLRACE_USERNAME} and {@code MILLRACE_PASSWORD}. */
  public static AuthSettings of(Map<String, String> environment, boolean secure) {
    String name = environment.getOrDefault(USER_NAME, "").strip();
    String password = environment.getOrDefault(PASSWORD, "");
    return new AuthSettings(
        !name.isEmpty() || !password.isEmpty(),
        name.isEmpty() ? USER_NAME_DEFAULT : name,
        password.isEmpty() ? null : password,
        secure,
        PasswordHash.ROUNDS);
  }

  @Override
  public String toString() {
    return "AuthSettings[required=" + required + ", userName=" + userName + "]";
  }
}
