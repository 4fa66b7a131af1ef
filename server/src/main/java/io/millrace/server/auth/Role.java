package io.millrace.server.auth;

import io.millrace.server.http.Access;
import java.util.Locale;

/** What the holder of an API key may do. */
public enum Role {
  /** Everything. */
  ADMIN(Access.ADMIN),
  /** Everything but keys, users and settings. */
  EDITOR(Access.EDIT),
  /** See. */
  READER(Access.READ);

  private final Access access;

  Role(Access access) {
    this.access = access;
  }

  /** Returns what it allows. */
  Access access() {
    return access;
  }

  /** Returns its name in the API and the store. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
