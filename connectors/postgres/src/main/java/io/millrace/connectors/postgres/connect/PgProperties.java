package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Turns settings into what pgjdbc takes: a URL and properties. */
final class PgProperties {
  private static final Pattern HOST = Pattern.compile("[^\\s/?#,@\\[\\]]+");
  private static final String CONNECT_TIMEOUT_SECONDS = "15";
  private static final String LOGIN_READ_TIMEOUT_SECONDS = "30";
  private static final String CANCEL_TIMEOUT_SECONDS = "5";

  private PgProperties() {}

  /**
   * Returns the properties, all but the tunnel's port.
   *
   * @throws ConfigException when a setting cannot be right
   */
  static Properties of(PgSettings settings) {
    Properties info = new Properties();
    info.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    info.setProperty("socketTimeout", LOGIN_READ_TIMEOUT_SECONDS);
    info.setProperty("cancelSignalTimeout", CANCEL_TIMEOUT_SECONDS);
    info.setProperty("ApplicationName", "millrace");
    // Statements are few and long: a server-side name for them buys nothing and breaks poolers.
    info.setProperty("prepareThreshold", "0");
    params(settings).forEach(info::setProperty);
    info.setProperty("user", settings.username());
    settings.password().map(Secret::value).ifPresent(text -> info.setProperty("password", text));
    info.setProperty("socketFactory", PgSocketFactory.class.getName());
    tls(settings.sslMode(), info);
    return info;
  }

  /** Returns the address. */
  static String url(PgSettings settings) {
    String host = settings.host().strip();
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (!HOST.matcher(host).matches()) {
      throw new ConfigException(
          "host",
          "`host` must be the name or address of one server, without port or path, not '"
              + ConfigException.outside(settings.host())
              + "'.");
    }
    String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
    String database = URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
    return "jdbc:postgresql://" + bracketed + ":" + settings.port() + "/" + database;
  }

  /** Tells whether the user chose how long a read may take. */
  static boolean setsReadTimeout(PgSettings settings) {
    return params(settings).containsKey("socketTimeout");
  }

  private static Map<String, String> params(PgSettings settings) {
    return settings.jdbcUrlParams().map(UrlParams::parse).orElseGet(Map::of);
  }

  private static void tls(SslMode mode, Properties info) {
    info.setProperty("sslmode", mode.label());
    switch (mode) {
      case SslMode.Disable(), SslMode.Allow(), SslMode.Prefer(), SslMode.Require() ->
          info.setProperty("sslfactory", "org.postgresql.ssl.NonValidatingFactory");
      case SslMode.VerifyCa(var ca, var certificate, var key, var password) ->
          PgTlsFactory.describe(info, ca, certificate, key, password);
      case SslMode.VerifyFull(var ca, var certificate, var key, var password) -> {
        PgTlsFactory.describe(info, ca, certificate, key, password);
        info.setProperty("sslhostnameverifier", PgHostVerifier.class.getName());
      }
    }
  }
}
