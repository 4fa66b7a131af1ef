package io.millrace.server.actor;

import java.util.UUID;

/** Identifies an actor. */
public record ActorId(UUID value) {
  /** Makes a new one. */
  public static ActorId random() {
    return new ActorId(UUID.randomUUID());
  }

  /** Reads the form of {@link #toString}. */
  public static ActorId of(String text) {
    return new ActorId(UUID.fromString(text));
  }

  /** Returns the UUID's text. */
  @Override
  public String toString() {
    return value.toString();
  }
}
