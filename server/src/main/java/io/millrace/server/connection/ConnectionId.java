package io.millrace.server.connection;

import java.util.UUID;

/** Identifies a connection. */
public record ConnectionId(UUID value) {
  /** Makes a new one. */
  public static ConnectionId random() {
    return new ConnectionId(UUID.randomUUID());
  }

  /** Reads the form of {@link #toString}. */
  public static ConnectionId of(String text) {
    return new ConnectionId(UUID.fromString(text));
  }

  /** Returns the UUID's text. */
  @Override
  public String toString() {
    return value.toString();
  }
}
