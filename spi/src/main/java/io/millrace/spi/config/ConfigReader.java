package io.millrace.spi.config;

import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns plain values, as they come from JSON, YAML or a URI, into a configuration record.
 *
 * <p>Numbers and booleans may be text that parses, unless a caller says otherwise; a list may be
 * text with commas between its items; a choice may be its bare value where the alternative needs
 * nothing else. A key that is null counts as absent. Unknown keys are problems.
 */
public final class ConfigReader {
  /** The code of the failure that {@link #read} throws. */
  public static final String CODE = "config_invalid";

  private static final String ROOT = "$";

  private ConfigReader() {}

  /**
   * Reads a configuration.
   *
   * @param type a record declared as {@link Field} says
   * @throws ConfigException with code {@value #CODE} and one line per problem, never with a
   *     secret's value
   */
  public static <C extends Record> C read(Class<C> type, Map<String, ?> values) {
    ValueReader reader = new ValueReader();
    @Nullable Object config = read(reader, type, values);
    if (config == null) {
      throw new ConfigException(CODE, ConfigProblem.lines(reader.problems()));
    }
    return type.cast(config);
  }

  /** Returns everything {@link #read} would complain about; empty when it would not. */
  public static List<ConfigProblem> problems(Class<? extends Record> type, Map<String, ?> values) {
    return problems(type, values, path -> true);
  }

  /**
   * Like the other, for values of a language that tells numbers, booleans, lists and objects from
   * text: there a text in the place of one is a problem, too.
   *
   * @param parses tells of a path where text may stand in for one after all, because it comes from
   *     elsewhere
   */
  public static List<ConfigProblem> problems(
      Class<? extends Record> type, Map<String, ?> values, Predicate<String> parses) {
    ValueReader reader = new ValueReader(parses);
    read(reader, type, values);
    return List.copyOf(reader.problems());
  }

  private static @Nullable Object read(
      ValueReader reader, Class<? extends Record> type, Map<String, ?> values) {
    return new ObjectReader(reader, RecordModel.of(type), ROOT).read(values, null);
  }
}
