package io.millrace.server.http;

/** Finds out who makes a request; not asked where everybody may. Thread-safe. */
@FunctionalInterface
public interface Gatekeeper {
  /** Lets everybody in, as {@link Caller#LOCAL}, whatever their headers say. */
  Gatekeeper OPEN = call -> Caller.LOCAL;

  /**
   * Returns who calls; {@link Caller#ANONYMOUS} when the request says nothing of it.
   *
   * @throws ApiException when what it says is wrong: 401, or 429 after too many failures
   */
  Caller admit(Call call);
}
