package io.millrace.server.connection;

import io.millrace.engine.NamespaceRule;
import io.millrace.spi.StreamName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the streams of a connection land at its destination.
 *
 * @param definition {@code source}, {@code destination} or {@code customformat}
 * @param format the format of the namespace, for {@code customformat}
 * @param prefix what comes before the stream's name
 */
public record LandingRule(String definition, @Nullable String format, String prefix) {
  /**
   * Where a stream lands.
   *
   * @param namespace the namespace, or an empty text
   * @param name the name
   */
  public record Target(String namespace, String name) {
    /** Returns it for people. */
    public String display() {
      return namespace.isEmpty() ? name : namespace + "." + name;
    }
  }

  static LandingRule of(Connection connection) {
    return new LandingRule(
        connection.namespaceDefinition(), connection.namespaceFormat(), connection.prefix());
  }

  /**
   * Returns where a stream lands.
   *
   * @param standard the destination's own namespace, or an empty text
   */
  public Target target(StreamName stream, String standard) {
    String own = Objects.requireNonNullElse(stream.namespace(), "");
    String namespace =
        switch (definition) {
          case "source" -> own;
          case "destination" -> "";
          default ->
              Objects.requireNonNullElse(format, NamespaceRule.SOURCE_NAMESPACE)
                  .replace(NamespaceRule.SOURCE_NAMESPACE, own)
                  .strip();
        };
    return new Target(namespace.isEmpty() ? standard : namespace, prefix + stream.name());
  }
}
