package io.millrace.server.http;

/**
 * Who makes a request.
 *
 * @param name what the audit trail calls them: {@code airbyte}, {@code key nightly}
 * @param access the most they may do
 */
public record Caller(String name, Access access) {
  /** Everybody, where no login is needed. */
  public static final Caller LOCAL = new Caller("local", Access.ADMIN);

  /** Somebody who has not said who they are. */
  public static final Caller ANONYMOUS = new Caller("anonymous", Access.OPEN);

  /** Tells whether they may use a route. */
  public boolean may(Access needed) {
    return access.compareTo(needed) >= 0;
  }
}
