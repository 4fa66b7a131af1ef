package io.millrace.connectors.postgres.connect;

import io.millrace.spi.config.Secret;
import java.util.Optional;

/**
 * Everything that is needed to reach a database, taken from either connector's configuration.
 *
 * @param jdbcUrlParams {@code key=value} pairs joined by {@code &}, see {@link UrlParams}
 */
public record PgSettings(
    String host,
    int port,
    String database,
    String username,
    Optional<Secret> password,
    SslMode sslMode,
    Optional<String> jdbcUrlParams,
    TunnelMethod tunnelMethod) {
  /** Returns the place for messages: {@code host:port/database}. */
  public String place() {
    return host + ":" + port + "/" + database;
  }
}
