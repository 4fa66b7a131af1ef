package io.millrace.engine.select;

import io.millrace.engine.mapper.MappedFields;
import io.millrace.engine.mapper.Mapper;
import io.millrace.engine.mapper.MapperRules;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Tells whether mappers fit the stream they are configured for. Pure. */
final class MapperFit {
  private MapperFit() {}

  /** Returns the sentence with which a stream stops whose mappers do not fit it, or null. */
  static @Nullable ConfigException problem(ConfiguredStream stream, List<Mapper> mappers) {
    SequencedMap<String, String> columns = new LinkedHashMap<>();
    stream.columns().forEach(column -> columns.put(column, column));
    try {
      MapperRules.check(
          MappedFields.of(columns, "").afterAll(mappers),
          stream.primaryKey(),
          stream.cursorField());
      return null;
    } catch (ConfigException e) {
      return new ConfigException(
          e.code(), "Stream " + stream.name().display() + ": " + e.userMessage());
    }
  }
}
