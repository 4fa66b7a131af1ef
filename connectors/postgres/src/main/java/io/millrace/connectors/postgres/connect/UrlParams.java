package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code jdbc_url_params}. Only parameters of pgjdbc that tune a connection are taken: none
 * that loads a class, writes a file, reads one, or says again what has a field of its own.
 */
final class UrlParams {
  private static final Set<String> ALLOWED =
      Set.of(
          "ApplicationName",
          "adaptiveFetch",
          "adaptiveFetchMaximum",
          "adaptiveFetchMinimum",
          "cancelSignalTimeout",
          "channelBinding",
          "connectTimeout",
          "currentSchema",
          "defaultRowFetchSize",
          "disableColumnSanitiser",
          "gssEncMode",
          "loadBalanceHosts",
          "logServerErrorDetail",
          "loginTimeout",
          "options",
          "prepareThreshold",
          "preparedStatementCacheQueries",
          "preparedStatementCacheSizeMiB",
          "reWriteBatchedInserts",
          "receiveBufferSize",
          "requireAuth",
          "scramMaxIterations",
          "sendBufferSize",
          "socketTimeout",
          "sslNegotiation",
          "sslResponseTimeout",
          "stringtype",
          "targetServerType",
          "tcpKeepAlive",
          "tcpNoDelay",
          "unknownLength");

  /** Parameters that repeat a field of the configuration, and that field. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "user", "username",
          "password", "password",
          "PGHOST", "host",
          "PGPORT", "port",
          "PGDBNAME", "database",
          "ssl", "ssl_mode",
          "sslmode", "ssl_mode",
          "sslrootcert", "ssl_mode",
          "sslcert", "ssl_mode",
          "sslkey", "ssl_mode");

  private UrlParams() {}

  /**
   * Returns the parameters in their order.
   *
   * @throws ConfigException when one is not taken; the sentence never shows a value
   */
  static Map<String, String> parse(String text) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String pair : text.strip().split("&", -1)) {
      if (!pair.isBlank()) {
        add(pair, params);
      }
    }
    return params;
  }

  private static void add(String pair, Map<String, String> params) {
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      throw refused(
          "`jdbc_url_params` expects pairs of the form key=value joined by &, but one pair has no"
              + " key or no value.");
    }
    String key = decode(pair.substring(0, equals)).strip();
    String field = FIELDS.get(key);
    if (field != null) {
      throw refused(
          "`jdbc_url_params` must not set `" + key + "`: use the field `" + field + "` instead.");
    }
    if (!ALLOWED.contains(key)) {
      throw refused(
          "`jdbc_url_params` must not set `"
              + ConfigException.outside(key)
              + "`: only parameters that tune a connection are taken, such as `connectTimeout`,"
              + " `socketTimeout` or `options`. Remove it.");
    }
    params.put(key, decode(pair.substring(equals + 1)));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw refused(
          "`jdbc_url_params` contains a percent sign that is not followed by two hex digits.");
    }
  }

  private static ConfigException refused(String sentence) {
    return new ConfigException("jdbc_url_params", sentence);
  }
}
