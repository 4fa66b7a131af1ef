package io.millrace.engine.mapper;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.ConfigProblem;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads mappers as the API and pipeline files say them: {@code {type: hashing, mapperConfiguration:
 * {...}}}. Collects every problem, and no secret. For one thread.
 */
public final class MapperReader {
  /** The key of what a mapper is told. */
  public static final String CONFIGURATION = "mapperConfiguration";

  private static final String TYPE = "type";
  private static final String ID = "id";
  private static final String ALGORITHM = "algorithm";
  private static final List<String> KEYS = List.of(TYPE, CONFIGURATION, ID);
  private static final List<String> TYPES =
      List.of(
          Mapper.Hashing.TYPE,
          Mapper.FieldRenaming.TYPE,
          Mapper.FieldFiltering.TYPE,
          Mapper.RowFiltering.TYPE,
          Mapper.Encryption.TYPE);

  /** The number of mappers that one stream may have. */
  public static final int MAPPERS_MAX = 500;

  private final List<ConfigProblem> problems = new ArrayList<>();

  /** Returns what is wrong with everything read so far. */
  public List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Returns the mappers of a list, without those that have a problem.
   *
   * @param path where the list stands, for messages
   * @param value plain lists, maps and texts
   */
  public List<Mapper> list(String path, @Nullable Object value) {
    List<Mapper> mappers = new ArrayList<>();
    if (!(value instanceof List<?> list)) {
      add(path, "expected a list of mappers");
      return mappers;
    }
    if (list.size() > MAPPERS_MAX) {
      add(path, "expected at most " + MAPPERS_MAX + " mappers, found " + list.size());
      return mappers;
    }
    for (int i = 0; i < list.size(); i++) {
      Mapper mapper = one(path + "[" + i + "]", list.get(i));
      if (mapper != null) {
        mappers.add(mapper);
      }
    }
    return mappers;
  }

  /** Returns one mapper, or null where it has a problem. */
  public @Nullable Mapper one(String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      add(path, "expected an object with " + TYPE + " and " + CONFIGURATION);
      return null;
    }
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        add(path + "." + key, "is not a known key" + Suggestion.of(String.valueOf(key), KEYS));
      }
    }
    String inner = path + "." + CONFIGURATION;
    if (!(map.get(CONFIGURATION) instanceof Map<?, ?> given)) {
      add(inner, "is required: an object");
      return null;
    }
    Map<String, Object> configuration = texts(given);
    return switch (String.valueOf(map.get(TYPE))) {
      case Mapper.Hashing.TYPE -> read(inner, Mapper.Hashing.class, configuration);
      case Mapper.FieldRenaming.TYPE -> read(inner, Mapper.FieldRenaming.class, configuration);
      case Mapper.FieldFiltering.TYPE -> read(inner, Mapper.FieldFiltering.class, configuration);
      case Mapper.RowFiltering.TYPE -> rowFiltering(inner, configuration);
      case Mapper.Encryption.TYPE -> encryption(inner, configuration);
      default -> {
        choice(path + "." + TYPE, map.get(TYPE), TYPES);
        yield null;
      }
    };
  }

  private @Nullable Mapper rowFiltering(String path, Map<String, Object> configuration) {
    ConditionReader reader = new ConditionReader(problems);
    Condition condition = reader.read(path, configuration);
    return condition == null ? null : new Mapper.RowFiltering(condition);
  }

  private @Nullable Mapper encryption(String path, Map<String, Object> configuration) {
    Object algorithm = configuration.remove(ALGORITHM);
    return switch (String.valueOf(algorithm)) {
      case Mapper.AesEncryption.ALGORITHM -> read(path, Mapper.AesEncryption.class, configuration);
      case Mapper.RsaEncryption.ALGORITHM -> read(path, Mapper.RsaEncryption.class, configuration);
      default -> {
        choice(
            path + "." + ALGORITHM,
            algorithm,
            List.of(Mapper.AesEncryption.ALGORITHM, Mapper.RsaEncryption.ALGORITHM));
        yield null;
      }
    };
  }

  private <M extends Record & Mapper> @Nullable Mapper read(
      String path, Class<M> type, Map<String, Object> configuration) {
    List<ConfigProblem> found = ConfigReader.problems(type, configuration);
    if (found.isEmpty()) {
      return ConfigReader.read(type, configuration);
    }
    for (ConfigProblem one : found) {
      problems.add(new ConfigProblem(path + one.path().substring(1), one.value(), one.expected()));
    }
    return null;
  }

  private void choice(String path, @Nullable Object value, List<String> known) {
    String expected = "one of " + String.join(", ", known);
    if (value == null) {
      add(path, "is required: " + expected);
    } else {
      String text = ConfigException.outside(String.valueOf(value));
      problems.add(
          new ConfigProblem(path, '"' + text + '"', expected + Suggestion.of(text, known)));
    }
  }

  private void add(String path, String sentence) {
    problems.add(new ConfigProblem(path, null, sentence));
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            texts.put(String.valueOf(key), value);
          }
        });
    return texts;
  }
}
