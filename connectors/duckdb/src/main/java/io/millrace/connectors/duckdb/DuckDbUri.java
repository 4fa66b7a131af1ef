package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code duckdb:shop.duckdb?schema=sales} into configuration values. */
final class DuckDbUri {
  static final String SCHEME = "duckdb";

  private DuckDbUri() {}

  static Map<String, Object> toConfig(String uri) {
    String rest = uri.substring(SCHEME.length() + 1);
    int mark = rest.indexOf('?');
    String path = mark < 0 ? rest : rest.substring(0, mark);
    if (path.startsWith("///")) {
      path = path.substring(2);
    }
    if (path.isEmpty()) {
      throw new ConfigException(
          "uri",
          "The URI names no file. Write it as duckdb:shop.duckdb or duckdb:/data/shop.duckdb.");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("destination_path", decode(path));
    if (mark >= 0) {
      for (String pair : rest.substring(mark + 1).split("&")) {
        int equals = pair.indexOf('=');
        if (!pair.isEmpty()) {
          config.put(
              decode(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
      }
    }
    return config;
  }

  private static String decode(String text) {
    try {
      // A plus is a plus in a path; URLDecoder would make it a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "uri", "The URI has a % that no two hexadecimal digits follow; write it as %25.");
    }
  }
}
