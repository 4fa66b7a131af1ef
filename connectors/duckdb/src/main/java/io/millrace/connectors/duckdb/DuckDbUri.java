package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.UriQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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
    config.put("destination_path", UriQuery.decode(path));
    if (mark >= 0) {
      config.putAll(
          UriQuery.fields(UriQuery.parameters(rest.substring(mark + 1)), Map.of(), Set.of()));
    }
    return config;
  }
}
