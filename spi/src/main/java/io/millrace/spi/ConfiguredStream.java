package io.millrace.spi;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user chose of a stream.
 *
 * @param name the stream's name at the source
 * @param columns the names of the fields to read, in the order in which batches carry them
 * @param mode how the stream is read and written
 * @param cursorField the field that orders changes; null where the mode or the source needs none
 * @param primaryKey the fields that identify a row; empty where the mode needs none
 * @param exactSystems systems (such as {@code postgresql}) whose values the destination stores
 *     exactly from their own text form. A source of that system then sends a value that has no
 *     place in the lattice as {@link io.millrace.spi.type.LogicalType.Text} in its output text,
 *     with the native type in the field's metadata; otherwise it may choose JSON for nested values.
 */
public record ConfiguredStream(
    StreamName name,
    List<String> columns,
    SyncMode mode,
    @Nullable String cursorField,
    List<String> primaryKey,
    Set<String> exactSystems) {
  public ConfiguredStream {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    exactSystems = Set.copyOf(exactSystems);
  }
}
