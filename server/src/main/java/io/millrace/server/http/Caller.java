package io.millrace.server.http;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name what the audit trail calls them: {@code airbyte}, {@code key nightly}
 * @param access the most they may do
 * @param refusal what they must do before they may do more, as a sentence; null where nothing
 */
public record Caller(String name, Access access, @Nullable String refusal) {
  /** Everybody, where no login is needed. */
  public static final Caller LOCAL = new Caller("local", Access.ADMIN);

  /** Somebody who has not said who they are. */
  public static final Caller ANONYMOUS = new Caller("anonymous", Access.OPEN);

  /** Makes a caller who need not do anything before. */
  public Caller(String name, Access access) {
    this(name, access, null);
  }

  /** Tells whether they may use a route. */
  public boolean may(Access needed) {
    return access.compareTo(needed) >= 0;
  }
}
