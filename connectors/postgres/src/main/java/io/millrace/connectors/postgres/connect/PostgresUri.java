package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import io.millrace.spi.UriQuery;
import java.util.HashMap;
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
  private static final String SSL_MODE = "ssl_mode";
  private static final String TUNNEL_METHOD = "tunnel_method";
  private static final String SCHEMAS = "schemas";

  /** What libpq calls them. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("sslmode", SSL_MODE, "user", "username", "dbname", "database");

  private static final Set<String> SSL_FIELDS =
      Set.of("ca_certificate", "client_certificate", "client_key", "client_key_password");
  private static final Set<String> TUNNEL_FIELDS =
      Set.of(
          TUNNEL_METHOD,
          "tunnel_host",
          "tunnel_port",
          "tunnel_user",
          "ssh_key",
          "tunnel_user_password");

  private PostgresUri() {}

  /** Returns the values of a source, which reads one or several {@code schemas}. */
  public static Map<String, Object> toSourceConfig(String uri) {
    Map<String, String> names = new HashMap<>(OTHER_NAMES);
    names.put("schema", SCHEMAS);
    return parse(uri, names, Set.of(SCHEMAS));
  }

  /** Returns the values of a destination, which has one {@code schema}. */
  public static Map<String, Object> toDestinationConfig(String uri) {
    return parse(uri, OTHER_NAMES, Set.of());
  }

  private static Map<String, Object> parse(
      String uri, Map<String, String> otherNames, Set<String> lists) {
    Matcher parts = FORM.matcher(uri);
    if (!parts.matches()) {
      throw new ConfigException(
          "uri",
          "The PostgreSQL URI must look like postgresql://user@host:5432/database?sslmode=require,"
              + " with one host; special characters in the password are percent-encoded.");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    String host = UriQuery.decode(parts.group("host"));
    config.put("host", host.isEmpty() ? "localhost" : host);
    putPort(config, parts.group("port"));
    put(config, "database", parts.group("database"));
    put(config, "username", parts.group("user"));
    put(config, "password", parts.group("password"));
    if (parts.group("query") != null) {
      query(UriQuery.fields(UriQuery.parameters(parts.group("query")), otherNames, lists), config);
    }
    Object user = config.get("username");
    if (user != null) {
      config.putIfAbsent("database", user);
    }
    return config;
  }

  private static void query(Map<String, Object> fields, Map<String, Object> config) {
    Map<String, Object> ssl = new LinkedHashMap<>();
    Map<String, Object> tunnel = new LinkedHashMap<>();
    fields.forEach(
        (field, value) -> {
          if (field.equals(SSL_MODE)) {
            ssl.put("mode", value);
          } else if (field.equals("port")) {
            putPort(config, (String) value);
          } else if (SSL_FIELDS.contains(field)) {
            ssl.put(field, value);
          } else if (TUNNEL_FIELDS.contains(field)) {
            tunnel.put(field, value);
          } else {
            config.put(field, value);
          }
        });
    putChoice(config, SSL_MODE, ssl);
    putChoice(config, TUNNEL_METHOD, tunnel);
  }

  private static void putChoice(
      Map<String, Object> config, String field, Map<String, Object> choice) {
    if (!choice.isEmpty()) {
      config.put(field, choice);
    }
  }

  private static void put(Map<String, Object> config, String field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      config.put(field, UriQuery.decode(text));
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
}
