package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.StreamName;
import java.util.List;

/** One difference between a source's streams then and now. */
public sealed interface SchemaTransform {
  /** Returns the stream that it is about. */
  StreamName stream();

  /** Tells whether the stream cannot be synced as configured any more. */
  default boolean breaking() {
    return switch (this) {
      case Added ignored -> false;
      case Removed ignored -> false;
      case Updated updated ->
          updated.fields().stream().anyMatch(Field::breaking)
              || updated.keys().stream().anyMatch(Key::breaking);
    };
  }

  /** The source has a new stream. */
  record Added(StreamName stream) implements SchemaTransform {}

  /** The source has lost a stream. */
  record Removed(StreamName stream) implements SchemaTransform {}

  /**
   * A configured stream has changed.
   *
   * @param fields what became of its fields
   * @param keys the change of its primary key: one or none
   */
  record Updated(StreamName stream, List<Field> fields, List<Key> keys) implements SchemaTransform {
    public Updated {
      fields = List.copyOf(fields);
      keys = List.copyOf(keys);
    }

    /** Tells whether it has fields that it had not. */
    boolean gains() {
      return fields.stream().anyMatch(AddedField.class::isInstance);
    }
  }

  /** What became of a field. */
  sealed interface Field {
    /** Returns where it stands: the names of the objects around it, then its own. */
    List<String> path();

    /** Tells whether the stream cannot be synced as configured without it. */
    default boolean breaking() {
      return switch (this) {
        case AddedField ignored -> false;
        case ChangedField ignored -> false;
        case RemovedField removed -> removed.needed();
      };
    }
  }

  /** A new field. */
  record AddedField(List<String> path, JsonNode schema) implements Field {}

  /**
   * A field that is gone.
   *
   * @param needed it was the cursor, or part of the key
   */
  record RemovedField(List<String> path, JsonNode schema, boolean needed) implements Field {}

  /** A field of another type. */
  record ChangedField(List<String> path, JsonNode before, JsonNode after) implements Field {}

  /** The source's own key has changed. */
  record Key(JsonNode before, JsonNode after, boolean breaking) {}
}
