package io.millrace.server.connection.mapper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.mapper.MappedFields;
import io.millrace.engine.mapper.Mapper;
import io.millrace.engine.mapper.MapperReader;
import io.millrace.engine.mapper.MapperRules;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.ConfigException;
import io.millrace.spi.config.ConfigProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Checks mappers one after the other against a stream's fields. For one thread. */
final class MapperCheck {
  private final List<String> key;
  private final @Nullable String cursor;
  private final boolean dedups;
  private final boolean fieldsKnown;
  private MappedFields<MapperFieldType> fields;

  MapperCheck(ConnectionStream stream) {
    ObjectNode config = stream.config();
    this.key =
        StreamJson.paths(config.path("primaryKey")).stream()
            .filter(path -> !path.isEmpty())
            .map(List::getFirst)
            .toList();
    List<String> path = StreamJson.texts(config.path("cursorField"));
    this.cursor = path.isEmpty() ? null : path.getFirst();
    this.dedups = config.path("destinationSyncMode").asText().endsWith("_dedup");
    SequencedMap<String, MapperFieldType> known = known(stream);
    this.fieldsKnown = !known.isEmpty();
    this.fields = MappedFields.of(known, MapperFieldType.STRING);
  }

  /** What is wrong with a mapper, by the contract's names. */
  enum Kind {
    MISSING_MAPPER,
    MISSING_PARAMETER,
    INVALID_MAPPER_CONFIG,
    FIELD_NOT_FOUND,
    FIELD_ALREADY_EXISTS
  }

  /**
   * What is wrong with a mapper.
   *
   * @param kind how it is sorted
   * @param sentence for people
   * @param problems the fields that are wrong; none where it is the mapper as a whole
   */
  record Wrong(Kind kind, String sentence, List<ConfigProblem> problems) {}

  /**
   * A field after the mappers so far.
   *
   * @param key it is part of the primary key
   * @param cursor it is the cursor
   */
  record Spec(String name, MapperFieldType type, boolean key, boolean cursor) {}

  /** Returns the fields after the mappers so far. */
  List<Spec> fields() {
    List<String> keys = key.stream().map(this::nameOf).toList();
    String cursorNow = cursor == null ? "" : nameOf(cursor);
    return fields.fields().entrySet().stream()
        .map(
            one ->
                new Spec(
                    one.getKey(),
                    one.getValue(),
                    keys.contains(one.getKey()),
                    cursorNow.equals(one.getKey())))
        .toList();
  }

  /**
   * Applies one mapper; one that is wrong changes nothing.
   *
   * @param path where it stands, for messages
   * @return what is wrong with it, or null
   */
  @Nullable Wrong apply(String path, Map<String, Object> plain) {
    MapperReader reader = new MapperReader();
    Mapper mapper = reader.one(path, plain);
    if (mapper == null || !reader.problems().isEmpty()) {
      return wrong(path, reader.problems());
    }
    if (!fieldsKnown) {
      return null;
    }
    try {
      MappedFields<MapperFieldType> after = fields.after(mapper);
      if (dedups) {
        MapperRules.check(after, present(key), cursorIfPresent());
      }
      fields = after;
      return null;
    } catch (ConfigException e) {
      return new Wrong(kind(e.code()), e.userMessage(), List.of());
    }
  }

  private List<String> present(List<String> sourceFields) {
    return sourceFields.stream().filter(one -> fields.fate(one) != null).toList();
  }

  private @Nullable String cursorIfPresent() {
    return cursor == null || fields.fate(cursor) == null ? null : cursor;
  }

  private String nameOf(String sourceField) {
    MappedFields.Fate fate = fields.fate(sourceField);
    return fate == null ? "" : fate.name();
  }

  private static Wrong wrong(String path, List<ConfigProblem> problems) {
    boolean missing =
        problems.stream()
            .anyMatch(one -> one.value() == null && one.expected().startsWith("is required"));
    boolean unknown =
        problems.stream().anyMatch(one -> one.path().equals(path + "." + MapperJson.TYPE));
    Kind kind =
        unknown
            ? Kind.MISSING_MAPPER
            : missing ? Kind.MISSING_PARAMETER : Kind.INVALID_MAPPER_CONFIG;
    return new Wrong(
        kind,
        String.join(" ", problems.stream().map(one -> one.line() + ".").toList()),
        List.copyOf(problems));
  }

  private static Kind kind(String code) {
    return switch (code) {
      case MappedFields.FIELD_MISSING -> Kind.FIELD_NOT_FOUND;
      case MappedFields.FIELD_EXISTS -> Kind.FIELD_ALREADY_EXISTS;
      default -> Kind.INVALID_MAPPER_CONFIG;
    };
  }

  private static SequencedMap<String, MapperFieldType> known(ConnectionStream stream) {
    List<String> selected =
        stream.config().path("fieldSelectionEnabled").asBoolean()
            ? StreamJson.selectedFields(stream.config())
            : List.of();
    SequencedMap<String, MapperFieldType> known = new LinkedHashMap<>();
    stream.stream()
        .path("jsonSchema")
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (selected.isEmpty() || selected.contains(field.getKey())) {
                known.put(field.getKey(), MapperFieldType.of(field.getValue()));
              }
            });
    return known;
  }
}
