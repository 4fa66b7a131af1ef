package io.millrace.server.auth;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Slows guessing down: after so many failures of one address on one account within a minute, or of
 * one address on any, nothing more is tried until the minute is over. Thread-safe.
 */
final class Throttle {
  static final int FAILURES_MAX = 10;

  /** Of one address over all accounts, so that made-up names cannot push counters out. */
  static final int ADDRESS_FAILURES_MAX = 100;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int COUNTERS_MAX = 10_000;
  private static final int ACCOUNT_CHARS_MAX = 100;
  private static final String ANY = "";

  private final Clock clock;
  private final Map<Key, Counter> counters = new LinkedHashMap<>();

  Throttle(Clock clock) {
    this.clock = clock;
  }

  private record Key(String address, String account) {}

  private record Counter(long endsAtMillis, int failures) {}

  /**
   * Returns when one more try is allowed.
   *
   * @throws ApiException 429 when it is not
   */
  synchronized void check(String address, String account) {
    refuse(new Key(address, ANY), ADDRESS_FAILURES_MAX);
    refuse(new Key(address, name(account)), FAILURES_MAX);
  }

  synchronized void failed(String address, String account) {
    count(new Key(address, ANY));
    count(new Key(address, name(account)));
    // In the order of their beginnings: the oldest is the first that has nothing more to say.
    while (counters.size() > COUNTERS_MAX) {
      counters.remove(counters.keySet().iterator().next());
    }
  }

  synchronized void succeeded(String address, String account) {
    counters.remove(new Key(address, name(account)));
  }

  synchronized int size() {
    return counters.size();
  }

  private void refuse(Key key, int max) {
    Counter counter = counters.get(key);
    long left = counter == null ? 0 : counter.endsAtMillis() - clock.millis();
    if (counter != null && counter.failures() >= max && left > 0) {
      throw new ApiException(
              Fault.TOO_MANY_REQUESTS, "Too many wrong passwords; try again in a minute.")
          .withHeader("Retry-After", String.valueOf((left + 999) / 1000));
    }
  }

  private void count(Key key) {
    long now = clock.millis();
    Counter counter = counters.get(key);
    if (counter == null || counter.endsAtMillis() <= now) {
      counters.remove(key);
      counters.put(key, new Counter(now + WINDOW.toMillis(), 1));
    } else {
      counters.put(key, new Counter(counter.endsAtMillis(), counter.failures() + 1));
    }
  }

  private static String name(String account) {
    String name = account.strip().toLowerCase(Locale.ROOT);
    return name.length() > ACCOUNT_CHARS_MAX ? name.substring(0, ACCOUNT_CHARS_MAX) : name;
  }
}
