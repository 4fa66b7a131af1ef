package io.millrace.server.workspace;

import java.util.UUID;

/** Identifies a workspace. */
public record WorkspaceId(UUID value) {
  /** Makes a new one. */
  public static WorkspaceId random() {
    return new WorkspaceId(UUID.randomUUID());
  }

  /** Reads the form of {@link #toString}. */
  public static WorkspaceId of(String text) {
    return new WorkspaceId(UUID.fromString(text));
  }

  /** Returns the UUID's text. */
  @Override
  public String toString() {
    return value.toString();
  }
}
