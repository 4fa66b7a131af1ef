package io.millrace.server.pipeline;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the connector that a URI or a plain path means, and reads its configuration from it. */
final class UriEndpoints {
  private static final Pattern SCHEME =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);
  private static final String PATH_SCHEME = "file";
  private static final String DUCKDB_SCHEME = "duckdb";
  private static final String DUCKDB_SUFFIX = ".duckdb";

  private final ConnectorRegistry registry;

  UriEndpoints(ConnectorRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns the side of a pipeline that a URI says.
   *
   * @param place where it stands, for messages
   * @throws ConfigException when no connector answers to it, or its connector cannot read it
   */
  Endpoint of(Side side, String uri, Path baseDirectory, String place) {
    if (uri.isBlank()) {
      throw new ConfigException("uri_empty", "The " + side.label() + " is empty.");
    }
    String text = plainDuckDb(side, uri) ? DUCKDB_SCHEME + ":" + uri : uri;
    ConnectorDefinition<?> connector = connector(side, text);
    return new Endpoint(
        connector, connector.uriForm().toConfig().apply(text), baseDirectory, place);
  }

  private ConnectorDefinition<?> connector(Side side, String uri) {
    Matcher matcher = SCHEME.matcher(uri);
    String scheme = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : PATH_SCHEME;
    Optional<ConnectorDefinition<?>> found =
        registry.on(side).stream()
            .filter(one -> one.uriForm().schemes().contains(scheme))
            .findFirst();
    return found.orElseThrow(() -> unknown(side, scheme, uri));
  }

  /** A path that ends in .duckdb is a database, not a folder for files. */
  private static boolean plainDuckDb(Side side, String uri) {
    return side == Side.DESTINATION
        && !SCHEME.matcher(uri).matches()
        && uri.endsWith(DUCKDB_SUFFIX);
  }

  private ConfigException unknown(Side side, String scheme, String uri) {
    List<String> known =
        registry.on(side).stream()
            .flatMap(one -> one.uriForm().schemes().stream())
            .sorted()
            .distinct()
            .toList();
    if (scheme.equals(PATH_SCHEME)) {
      return new ConfigException(
          "unknown_connector",
          "No connector takes the plain path \""
              + ConnectorException.outside(uri)
              + "\" as "
              + side.label()
              + ".");
    }
    return new ConfigException(
        "unknown_connector",
        "No "
            + side.label()
            + " answers to "
            + scheme
            + ":"
            + Suggestion.of(scheme, known)
            + "; known are "
            + String.join(", ", known.stream().map(one -> one + ":").toList())
            + " and plain paths.");
  }
}
