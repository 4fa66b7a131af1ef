package io.millrace.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream lands.
 *
 * @param namespace the database schema or folder; null where the destination has none
 * @param name the table or folder
 * @param identity equal for two names that the system takes for the same; before {@link
 *     Destination#identify} it is the name as wanted
 */
public record TargetName(@Nullable String namespace, String name, String identity) {
  public TargetName {
    Objects.requireNonNull(name, "name");
  }

  /** Makes a name as the pipeline wants it, to be passed to {@link Destination#identify}. */
  public static TargetName wanted(@Nullable String namespace, String name) {
    return new TargetName(namespace, name, new StreamName(namespace, name).display());
  }

  /** Returns {@code namespace.name}, or the name alone, for people. */
  public String display() {
    return new StreamName(namespace, name).display();
  }
}
