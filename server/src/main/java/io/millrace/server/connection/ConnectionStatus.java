package io.millrace.server.connection;

import java.util.Locale;

/** Whether a connection may run. */
public enum ConnectionStatus {
  ACTIVE,
  INACTIVE,
  /** Deleted; still readable. */
  DEPRECATED,
  LOCKED;

  /** Returns the API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #label}. */
  public static ConnectionStatus of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
