package io.millrace.engine.select;

import io.millrace.engine.mapper.MappedFields;
import io.millrace.engine.mapper.Mapper;
import io.millrace.engine.mapper.MapperRules;
import io.millrace.engine.shape.TakenNames;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.DestinationTraits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Tells whether mappers fit the stream they are configured for, and what they make fits. Pure. */
final class MapperFit {
  private MapperFit() {}

  /** Returns the sentence with which a stream stops that cannot be written so, or null. */
  static @Nullable ConfigException problem(
      ConfiguredStream stream, List<Mapper> mappers, DestinationTraits traits) {
    if (mappers.isEmpty()) {
      return TakenNames.problem(traits, stream.name(), stream.columns());
    }
    SequencedMap<String, String> columns = new LinkedHashMap<>();
    stream.columns().forEach(column -> columns.put(column, column));
    try {
      MappedFields<String> mapped = MappedFields.of(columns, "").afterAll(mappers);
      MapperRules.check(mapped, stream.primaryKey(), stream.cursorField());
      return TakenNames.problem(traits, stream.name(), mapped.fields().keySet());
    } catch (ConfigException e) {
      return new ConfigException(
          e.code(), "Stream " + stream.name().display() + ": " + e.userMessage());
    }
  }
}
