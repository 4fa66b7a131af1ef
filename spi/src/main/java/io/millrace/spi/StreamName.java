package io.millrace.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a stream at its source: a namespace where the source has them (a database schema), and a
 * name (a table).
 *
 * @param namespace the source's namespace, or null where it has none
 * @param name the name within the namespace, never empty
 */
public record StreamName(@Nullable String namespace, String name)
    implements Comparable<StreamName> {
  public StreamName {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A stream's name must not be empty.");
    }
  }

  /** Returns {@code namespace.name}, or the name alone. For people; it cannot be parsed back. */
  public String display() {
    if (namespace == null) {
      return name;
    }
    return namespace + "." + name;
  }

  @Override
  public int compareTo(StreamName other) {
    int byNamespace =
        Objects.requireNonNullElse(namespace, "")
            .compareTo(Objects.requireNonNullElse(other.namespace, ""));
    if (byNamespace != 0) {
      return byNamespace;
    }
    return name.compareTo(other.name);
  }
}
