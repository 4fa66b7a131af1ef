package io.millrace.server.joblog.ship;

import io.millrace.spi.ConfigException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where logs are sent, and the bounds.
 *
 * @param url the address of the cluster, {@code http://search:9200}
 * @param username who signs in, or null
 * @param password with what, or null
 * @param bounds how much waits, and for how long
 */
public record ShippingSettings(
    URI url, @Nullable String username, @Nullable String password, Bounds bounds) {
  private static final String URL = "MILLRACE_LOG_SHIPPING_URL";
  private static final String USERNAME = "MILLRACE_LOG_SHIPPING_USERNAME";
  private static final String PASSWORD = "MILLRACE_LOG_SHIPPING_PASSWORD";

  /**
   * The bounds.
   *
   * @param queueLinesMax so many lines wait; what comes then is dropped
   * @param queueCharsMax so many characters of them
   * @param batchLines a request carries so many lines at most
   * @param batchCharsMax about so many characters
   * @param gather a request is sent so long after its first line at the latest
   * @param timeout a request may take so long
   * @param pauseMin the pause after a first failure, which doubles
   * @param pauseMax up to this
   * @param flushMax a stop waits so long for what is left; the next start sends the rest
   */
  public record Bounds(
      int queueLinesMax,
      long queueCharsMax,
      int batchLines,
      int batchCharsMax,
      Duration gather,
      Duration timeout,
      Duration pauseMin,
      Duration pauseMax,
      Duration flushMax) {
    /** The usual ones. */
    public static final Bounds DEFAULT =
        new Bounds(
            20_000,
            16L << 20,
            1_000,
            2 << 20,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5));
  }

  /**
   * Reads {@code MILLRACE_LOG_SHIPPING_URL}, {@code ..._USERNAME} and {@code ..._PASSWORD}; nothing
   * when there is no URL.
   *
   * @throws ConfigException when they cannot be used; the sentence does not repeat a password
   */
  public static Optional<ShippingSettings> of(Map<String, String> environment) {
    String text = environment.getOrDefault(URL, "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String username = environment.getOrDefault(USERNAME, "");
    String password = environment.getOrDefault(PASSWORD, "");
    if (username.isEmpty() != password.isEmpty()) {
      throw new ConfigException(
          "log_shipping", "Set " + USERNAME + " and " + PASSWORD + " both, or neither.");
    }
    return Optional.of(
        new ShippingSettings(
            url(text),
            username.isEmpty() ? null : username,
            password.isEmpty() ? null : password,
            Bounds.DEFAULT));
  }

  /** Returns the address of a call. */
  URI at(String path) {
    return URI.create(url.toString().replaceAll("/+$", "") + path);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url.toString();
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ConfigException(
        "log_shipping",
        URL
            + " cannot be used; expected http:// or https://, a host and a port, such as"
            + " http://search:9200. User name and password stand in "
            + USERNAME
            + " and "
            + PASSWORD
            + ".");
  }
}
