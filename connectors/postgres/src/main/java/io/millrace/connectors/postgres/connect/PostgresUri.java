package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code postgresql://user:password@host:5432/database?sslmode=require} into configuration
 * values. No message ever shows the URI, which may hold a password.
 */
public final class PostgresUri {
  /** The schemes of both connectors. */
  public static final List<String> SCHEMES = List.of("postgresql", "postgres");

  private static final Pattern FORM =
      Pattern.compile(
          "(?:postgresql|postgres)://"
              + "(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<host>\\[[^\\]]*\\]|[^:/?,]*)(?::(?<port>[^/?,]*))?"
              + "(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?",
          Pattern.DOTALL);
  private static final Set<String> SSL_FIELDS =
      Set.of("ca_certificate", "client_certificate", "client_key", "client_key_password");
  private static final Set<String> TUNNEL_FIELDS =
      Set.of("tunnel_host", "tunnel_port", "tunnel_user", "ssh_key", "tunnel_user_password");

  private PostgresUri() {}

  /**
   * Returns the values of a source: {@code schema} and {@code schemas} (joined by commas) become
   * the list {@code schemas}.
   */
  public static Map<String, Object> toSourceConfig(String uri) {
    Map<String, Object> config = parse(uri);
    Object schemas = config.remove("schemas");
    Object schema = config.remove("schema");
    Object given = schemas != null ? schemas : schema;
    if (given instanceof String names) {
      config.put("schemas", List.of(names.split(",")));
    }
    return config;
  }

  /** Returns the values of a destination, which has one {@code schema}. */
  public static Map<String, Object> toDestinationConfig(String uri) {
    return parse(uri);
  }

  private static Map<String, Object> parse(String uri) {
    Matcher parts = FORM.matcher(uri);
    if (!parts.matches()) {
      throw new ConfigException(
          "uri",
          "The PostgreSQL URI must look like postgresql://user@host:5432/database?sslmode=require,"
              + " with one host; special characters in the password are percent-encoded.");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    String host = decode(parts.group("host"));
    config.put("host", host.isEmpty() ? "localhost" : host);
    putPort(config, parts.group("port"));
    put(config, "database", parts.group("database"));
    put(config, "username", parts.group("user"));
    put(config, "password", parts.group("password"));
    if (parts.group("query") != null) {
      query(parts.group("query"), config);
    }
    Object user = config.get("username");
    if (user != null) {
      config.putIfAbsent("database", user);
    }
    return config;
  }

  private static void query(String query, Map<String, Object> config) {
    Map<String, Object> ssl = new LinkedHashMap<>();
    Map<String, Object> tunnel = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      switch (key) {
        case "sslmode", "ssl_mode" -> ssl.put("mode", value);
        case "tunnel_method" -> tunnel.put("tunnel_method", value);
        case "user", "username" -> config.put("username", value);
        case "dbname", "database" -> config.put("database", value);
        case "port" -> putPort(config, value);
        default -> {
          Map<String, Object> into =
              SSL_FIELDS.contains(key) ? ssl : TUNNEL_FIELDS.contains(key) ? tunnel : config;
          into.put(key, value);
        }
      }
    }
    putChoice(config, "ssl_mode", ssl);
    putChoice(config, "tunnel_method", tunnel);
  }

  private static void putChoice(
      Map<String, Object> config, String field, Map<String, Object> choice) {
    if (!choice.isEmpty()) {
      config.put(field, choice);
    }
  }

  private static void put(Map<String, Object> config, String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      config.put(field, decode(text));
    }
  }

  private static void putPort(Map<String, Object> config, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    try {
      config.put("port", Integer.parseInt(text));
    } catch (NumberFormatException notANumber) {
      throw new ConfigException(
          "uri", "The port in the PostgreSQL URI must be a number from 1 to 65535.");
    }
  }

  private static String decode(String text) {
    try {
      // A plus is a plus here, as in libpq; URLDecoder would make it a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigException(
          "uri",
          "The PostgreSQL URI contains a percent sign that is not followed by two hex digits.");
    }
  }
}
