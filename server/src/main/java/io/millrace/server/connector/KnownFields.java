package io.millrace.server.connector;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.config.ConfigProblem;
import io.millrace.spi.config.ConfigReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as the HTTP APIs take it: fields that the connector does not know are kept in the
 * store, as Airbyte's connectors have more of them, and left out here.
 *
 * @param values the values without the fields that the connector does not know
 * @param unknown the paths of those, such as {@code ssl_mode.extra}
 * @param problems what is wrong with the others
 */
public record KnownFields(
    Map<String, Object> values, List<String> unknown, List<ConfigProblem> problems) {
  private static final String UNKNOWN = "is not a known key";
  private static final String ROOT = "$";

  /** Sorts the fields of a configuration, its references resolved. */
  public static KnownFields of(ConnectorDefinition<?> connector, Map<String, Object> given) {
    return of(connector, given, path -> true);
  }

  /**
   * Like the other, where a text is no number, boolean, list or object.
   *
   * @param parses as {@link ConfigReader#problems(Class, Map, Predicate)} has it
   */
  public static KnownFields of(
      ConnectorDefinition<?> connector, Map<String, Object> given, Predicate<String> parses) {
    List<ConfigProblem> all = ConfigReader.problems(connector.configType(), given, parses);
    Set<String> paths =
        all.stream()
            .filter(KnownFields::aboutUnknown)
            .map(ConfigProblem::path)
            .collect(Collectors.toSet());
    if (paths.isEmpty()) {
      return new KnownFields(given, List.of(), all);
    }
    List<String> unknown = new ArrayList<>();
    Map<String, Object> values = without(given, ROOT, paths, unknown);
    return new KnownFields(
        values,
        Collections.unmodifiableList(unknown),
        ConfigReader.problems(connector.configType(), values, parses));
  }

  private static boolean aboutUnknown(ConfigProblem problem) {
    return problem.value() == null && problem.expected().startsWith(UNKNOWN);
  }

  private static Map<String, Object> without(
      Map<?, ?> map, String place, Set<String> paths, List<String> unknown) {
    Map<String, Object> rest = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String path = place + "." + key;
          if (paths.contains(path) || odd(String.valueOf(key), place, paths)) {
            unknown.add(path.substring(ROOT.length() + 1));
          } else if (value != null) {
            rest.put(String.valueOf(key), inner(value, path, paths, unknown));
          }
        });
    return rest;
  }

  private static Object inner(
      @Nullable Object value, String path, Set<String> paths, List<String> unknown) {
    if (value instanceof Map<?, ?> map) {
      return without(map, path, paths, unknown);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> rest = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        rest.add(
            list.get(i) == null ? null : inner(list.get(i), path + "[" + i + "]", paths, unknown));
      }
      return rest;
    }
    return Objects.requireNonNull(value);
  }

  /** No field has a name with other characters; where one of an object is unknown, all are. */
  private static boolean odd(String key, String place, Set<String> paths) {
    return !key.matches("[A-Za-z_][A-Za-z0-9_]*")
        && paths.stream().anyMatch(path -> path.startsWith(place + "['"));
  }
}
