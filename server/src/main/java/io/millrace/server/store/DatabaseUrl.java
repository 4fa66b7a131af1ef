package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the metadata store is. */
public sealed interface DatabaseUrl {
  /** A SQLite file; its folder exists or is made. */
  record Sqlite(Path file) implements DatabaseUrl {}

  /**
   * A PostgreSQL database.
   *
   * @param jdbcUrl without user and password
   * @param user the role to log in as, or null for the server's default
   * @param password its password, or null
   */
  record Postgres(String jdbcUrl, @Nullable String user, @Nullable String password)
      implements DatabaseUrl {
    /** Returns it as it may be shown: its parameters may hold secrets. */
    @Override
    public String toString() {
      return jdbcUrl.substring("jdbc:".length()).replaceFirst("\\?.*", "");
    }
  }

  /**
   * Reads {@code postgresql://user:password@host:5432/database?sslmode=require}.
   *
   * @throws ConfigException when the text is something else; the sentence does not repeat a
   *     password
   */
  static DatabaseUrl parse(String text) {
    URI uri = uri(text);
    boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!postgres || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw refused();
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String user = uri.getUserInfo();
    int colon = user == null ? -1 : user.indexOf(':');
    return new Postgres(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
        colon < 0 ? user : user.substring(0, colon),
        colon < 0 ? null : user.substring(colon + 1));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw refused();
    }
  }

  private static ConfigException refused() {
    return new ConfigException(
        "database_url",
        "The database URL cannot be read; expected"
            + " postgresql://USER:PASSWORD@HOST:PORT/DATABASE, special characters percent-encoded.");
  }
}
