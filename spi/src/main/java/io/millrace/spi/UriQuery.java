package io.millrace.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what stands behind the {@code ?} of a connector's URI, by one rule for all of them: a field
 * that takes a list may be said several times, and each time with several values between commas;
 * any other only once. Messages show names of fields, never values, which may be secret.
 */
public final class UriQuery {
  private static final String CODE = "uri";

  private UriQuery() {}

  /**
   * One parameter.
   *
   * @param raw as it stands in the URI
   * @param key decoded
   * @param value decoded; empty without {@code =}
   */
  public record Parameter(String raw, String key, String value) {}

  /**
   * Cuts a query into its parameters.
   *
   * @param query without the {@code ?}
   * @throws ConfigException when a percent sign stands alone
   */
  public static List<Parameter> parameters(String query) {
    List<Parameter> parameters = new ArrayList<>();
    for (String raw : query.split("&")) {
      if (!raw.isEmpty()) {
        int equals = raw.indexOf('=');
        parameters.add(
            new Parameter(
                raw,
                decode(equals < 0 ? raw : raw.substring(0, equals)),
                equals < 0 ? "" : decode(raw.substring(equals + 1))));
      }
    }
    return parameters;
  }

  /**
   * Returns the fields: text, or for those that take a list a list of texts.
   *
   * @param otherNames short names of fields, with the fields' own
   * @param lists the fields that take a list, by their own names
   * @throws ConfigException when a field that takes one value is said again
   */
  public static Map<String, Object> fields(
      List<Parameter> parameters, Map<String, String> otherNames, Set<String> lists) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Parameter one : parameters) {
      String field = otherNames.getOrDefault(one.key(), one.key());
      boolean list = lists.contains(field);
      Object before = fields.put(field, list ? List.of(one.value().split(",")) : one.value());
      if (before instanceof List<?> values) {
        fields.put(
            field, Stream.concat(values.stream(), Stream.of(one.value().split(","))).toList());
      } else if (before != null) {
        throw new ConfigException(
            CODE,
            "The URI says \""
                + ConnectorException.outside(one.key())
                + "\" more than once, and it takes one value; leave one of them.");
      }
    }
    return fields;
  }

  /**
   * Returns the text that percent signs stand for. A plus is a plus, as it is in a path.
   *
   * @throws ConfigException when a percent sign stands alone
   */
  public static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigException(
          CODE, "The URI has a % that no two hexadecimal digits follow; write it as %25.");
    }
  }
}
