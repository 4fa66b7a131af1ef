package io.millrace.server.auth;

import io.millrace.server.http.Access;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries names and secrets, and slows down who guesses. Thread-safe. */
final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  /** Who waits longer for others' passwords to be hashed is told to come again. */
  private static final int HASH_WAIT_SECONDS_MAX = 10;

  private final Semaphore hashing = new Semaphore(1, true);
  private final Account account;
  private final Applications applications;
  private final Throttle throttle;

  Credentials(Account account, Applications applications, Throttle throttle) {
    this.account = account;
    this.applications = applications;
    this.throttle = throttle;
  }

  /**
   * Returns the account when these are its name and password.
   *
   * @throws ApiException 401 when they are not, 429 after too many failures
   */
  Caller password(String address, String user, String password) {
    throttle.check(address, account.nameOf(user));
    if (!account.wasRight(user, password)) {
      tryPassword(address, user, password);
    }
    throttle.succeeded(address, account.nameOf(user));
    return new Caller(account.name(), Access.ADMIN);
  }

  /** One after another: guesses made at once count like guesses made in turn. */
  private void tryPassword(String address, String user, String password) {
    try {
      if (!hashing.tryAcquire(HASH_WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new ApiException(
                Fault.TOO_MANY_REQUESTS, "Too many log in at this moment; try again soon.")
            .withHeader("Retry-After", String.valueOf(HASH_WAIT_SECONDS_MAX));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(Fault.UNAVAILABLE, "The server is stopping.");
    }
    try {
      throttle.check(address, account.nameOf(user));
      if (!account.isRight(user, password)) {
        throw failed(address, user);
      }
    } finally {
      hashing.release();
    }
  }

  /**
   * Returns the key of these two halves.
   *
   * @throws ApiException 401 when there is none, 429 after too many failures
   */
  Application application(String address, String clientId, String clientSecret) {
    throttle.check(address, clientId);
    Application found =
        applications
            .byCredentials(clientId, clientSecret)
            .orElseThrow(() -> failed(address, clientId));
    throttle.succeeded(address, clientId);
    return found;
  }

  /** Returns who sends this header: the account, or the holder of a key. */
  Caller basic(String address, Basic basic) {
    throttle.check(address, account.nameOf(basic.user()));
    Optional<Application> key = applications.byCredentials(basic.user(), basic.password());
    return key.map(Application::caller)
        .orElseGet(() -> password(address, basic.user(), basic.password()));
  }

  private ApiException failed(String address, String user) {
    throttle.failed(address, account.nameOf(user));
    // Without the name: people type their password into the wrong field.
    LOG.atWarn().addKeyValue("address", address).log("login_failed");
    return new ApiException(Fault.UNAUTHORIZED, "The name or the password is wrong.");
  }
}
