package io.millrace.connectors.files.source;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code sftp://user:password@host:port/path}, all of it percent-decoded. What the URL does
 * not say, the provider does.
 */
final class SftpUrl {
  private static final int DEFAULT_PORT = 22;

  private SftpUrl() {}

  /** Returns the user that a URL with its scheme names; empty where it names none. */
  static String user(String url) {
    String rest = url.replaceFirst("^[^:]*:(//)?", "");
    String authority = rest.replaceFirst("/.*$", "");
    int at = authority.lastIndexOf('@');
    return at < 0 ? "" : decode(authority.substring(0, at).replaceFirst(":.*$", ""));
  }

  /**
   * @param rest the URL behind its scheme and slashes
   */
  static Location location(String rest, Optional<Provider> given, String url) {
    Provider.@Nullable Sftp sftp =
        switch (given.orElse(null)) {
          case null -> null;
          case Provider.Sftp provider -> provider;
          case Provider other -> throw Location.contradiction(other, url);
        };
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    String server = authority.substring(at + 1);
    int colon = login.indexOf(':');
    String user = decode(colon < 0 ? login : login.substring(0, colon));
    Optional<Secret> password =
        colon < 0 ? Optional.empty() : Optional.of(new Secret(decode(login.substring(colon + 1))));
    return new Location(
        Location.Kind.SFTP,
        decodePath(path),
        provider(sftp, user, password, host(server), port(server)));
  }

  private static Provider.Sftp provider(
      Provider.@Nullable Sftp given,
      String user,
      Optional<Secret> password,
      String host,
      Optional<Integer> port) {
    if (given == null) {
      if (user.isEmpty()) {
        throw new ConfigException(
            "user_missing", "The url has no user: sftp://user:password@host/path, or a provider.");
      }
      Optional<Secret> none = Optional.empty();
      return new Provider.Sftp(
          user,
          password,
          none,
          none,
          Optional.of(host),
          port.orElse(DEFAULT_PORT),
          Optional.empty());
    }
    return new Provider.Sftp(
        user.isEmpty() ? given.user() : user,
        password.or(given::password),
        given.privateKey(),
        given.passphrase(),
        host.isEmpty() ? given.host() : Optional.of(host),
        port.orElse(given.port()),
        given.hostKeyFingerprint());
  }

  private static String host(String server) {
    int colon = server.lastIndexOf(':');
    String host = colon > server.lastIndexOf(']') ? server.substring(0, colon) : server;
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Optional<Integer> port(String server) {
    int colon = server.lastIndexOf(':');
    if (colon <= server.lastIndexOf(']')) {
      return Optional.empty();
    }
    String port = server.substring(colon + 1);
    if (port.matches("\\d{1,5}")) {
      return Optional.of(Integer.parseInt(port));
    }
    throw new ConfigException("url_invalid", "The url's port is no number: \"" + port + "\".");
  }

  /** A percent sign that no two hex digits follow stands for itself, as in {@code 50%.csv}. */
  private static String decodePath(String path) {
    return decode(path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "url_invalid", "The url's user or password holds a % that no two hex digits follow.");
    }
  }
}
