package io.millrace.server.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of sending, and the mail server.
 *
 * @param queueMax messages that wait at most; a further one is dropped and logged
 * @param tries how often a delivery is tried
 * @param firstWait the wait before the second try; it doubles each time
 * @param waitMax the longest wait
 * @param timeout how long one delivery may take
 * @param keep a message that could not be delivered for so long is dropped
 * @param smtp the mail server, or null: then nothing is sent by e-mail
 */
public record NotificationSettings(
    int queueMax,
    int tries,
    Duration firstWait,
    Duration waitMax,
    Duration timeout,
    Duration keep,
    @Nullable Smtp smtp) {
  /** The defaults, without a mail server. */
  public static final NotificationSettings DEFAULT =
      new NotificationSettings(
          1_000,
          10,
          Duration.ofSeconds(2),
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          null);

  /**
   * A mail server.
   *
   * @param host its name
   * @param port its port
   * @param startTls the connection is encrypted before anything is said
   * @param user the login, or null for none
   * @param password its password, or null
   * @param from the sender's address
   */
  public record Smtp(
      String host,
      int port,
      boolean startTls,
      @Nullable String user,
      @Nullable String password,
      String from) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** Returns these settings with a mail server. */
  public NotificationSettings with(@Nullable Smtp server) {
    return new NotificationSettings(queueMax, tries, firstWait, waitMax, timeout, keep, server);
  }

  /** Returns the wait after so many failed tries. */
  Duration wait(int failures) {
    Duration wait = firstWait;
    for (int i = 1; i < failures && wait.compareTo(waitMax) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(waitMax) < 0 ? wait : waitMax;
  }
}
