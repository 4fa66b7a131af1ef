package io.millrace.engine.mapper;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of a row filter. For one thread. */
final class ConditionReader {
  private static final String CONDITIONS = "conditions";
  private static final String TYPE = "type";
  private static final String FIELD = "fieldName";
  private static final String VALUE = "comparisonValue";
  private static final String EQUAL = "EQUAL";
  private static final String NOT = "NOT";
  private static final int DEPTH_MAX = 32;
  private static final int CONDITIONS_MAX = 1_000;

  private final List<ConfigProblem> problems;
  private int conditions;

  /** Adds to these problems. */
  ConditionReader(List<ConfigProblem> problems) {
    this.problems = problems;
  }

  /** Reads a filter's configuration; null where it has a problem. */
  @Nullable Condition read(String path, Map<String, Object> configuration) {
    refuseOthers(path, configuration, Set.of(CONDITIONS));
    return condition(path + "." + CONDITIONS, configuration.get(CONDITIONS), 0);
  }

  private @Nullable Condition condition(String path, @Nullable Object value, int depth) {
    if (depth > DEPTH_MAX || ++conditions > CONDITIONS_MAX) {
      return wrong(
          path,
          "expected at most "
              + CONDITIONS_MAX
              + " conditions within one another at most "
              + DEPTH_MAX
              + " deep");
    }
    if (!(value instanceof Map<?, ?> map)) {
      return wrong(path, "is required: an object whose type is EQUAL or NOT");
    }
    return switch (String.valueOf(map.get(TYPE))) {
      case EQUAL -> equal(path, map);
      case NOT -> not(path, map, depth);
      default -> {
        problems.add(
            new ConfigProblem(
                path + "." + TYPE,
                '"' + ConfigException.outside(String.valueOf(map.get(TYPE))) + '"',
                "EQUAL or NOT"));
        yield null;
      }
    };
  }

  private @Nullable Condition equal(String path, Map<?, ?> map) {
    refuseOthers(path, map, Set.of(TYPE, FIELD, VALUE));
    String field = text(path, map, FIELD, "the name of a field");
    String value = text(path, map, VALUE, "the text that the field's value must be");
    return field == null || value == null ? null : new Condition.Equal(field, value);
  }

  private @Nullable Condition not(String path, Map<?, ?> map, int depth) {
    refuseOthers(path, map, Set.of(TYPE, CONDITIONS));
    String inner = path + "." + CONDITIONS;
    if (!(map.get(CONDITIONS) instanceof List<?> list) || list.isEmpty()) {
      return wrong(inner, "is required: a list of at least one condition");
    }
    List<Condition> read = new ArrayList<>();
    for (int i = 0; i < list.size() && conditions <= CONDITIONS_MAX; i++) {
      Condition one = condition(inner + "[" + i + "]", list.get(i), depth + 1);
      if (one != null) {
        read.add(one);
      }
    }
    return read.size() == list.size() ? new Condition.Not(read) : null;
  }

  private @Nullable String text(String path, Map<?, ?> map, String key, String expected) {
    Object value = map.get(key);
    if (value instanceof String text) {
      return text;
    }
    String hint = value == null ? "is required: " : "expected in quotes: ";
    problems.add(new ConfigProblem(path + "." + key, null, hint + expected));
    return null;
  }

  private void refuseOthers(String path, Map<?, ?> map, Set<String> known) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        problems.add(
            new ConfigProblem(
                path + "." + ConfigException.outside(String.valueOf(key)),
                null,
                "is not a known key; known are "
                    + String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  private @Nullable Condition wrong(String path, String sentence) {
    problems.add(new ConfigProblem(path, null, sentence));
    return null;
  }
}
