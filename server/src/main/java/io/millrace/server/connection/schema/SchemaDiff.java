package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what a source offered and what it offers.
 *
 * @param transforms the differences: new streams, then lost ones, then changed ones
 */
public record SchemaDiff(List<SchemaTransform> transforms) {
  /** No difference. */
  public static final SchemaDiff NONE = new SchemaDiff(List.of());

  public SchemaDiff {
    transforms = List.copyOf(transforms);
  }

  /**
   * Compares two catalogs for a connection.
   *
   * @param old the streams that were discovered when the connection was configured
   * @param now the streams that are discovered now
   * @param configured the connection's streams: only selected ones can have changed, from the
   *     schema they were configured with
   */
  public static SchemaDiff between(
      List<ObjectNode> old, List<ObjectNode> now, List<ConnectionStream> configured) {
    Map<StreamName, ObjectNode> before = byName(old);
    Map<StreamName, ObjectNode> after = byName(now);
    Map<StreamName, ConnectionStream> known = new LinkedHashMap<>();
    configured.forEach(stream -> known.put(stream.name(), stream));
    List<SchemaTransform> transforms = new ArrayList<>();
    after.keySet().stream()
        .filter(name -> !before.containsKey(name) && !known.containsKey(name))
        .forEach(name -> transforms.add(new SchemaTransform.Added(name)));
    Map<StreamName, Object> then = new LinkedHashMap<>(before);
    known.values().stream()
        .filter(ConnectionStream::selected)
        .forEach(stream -> then.put(stream.name(), stream));
    then.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> transforms.add(new SchemaTransform.Removed(name)));
    for (ConnectionStream stream : known.values()) {
      ObjectNode found = after.get(stream.name());
      if (stream.selected() && found != null) {
        SchemaTransform.Updated updated = updated(stream, found);
        if (!updated.fields().isEmpty() || !updated.keys().isEmpty()) {
          transforms.add(updated);
        }
      }
    }
    return new SchemaDiff(transforms);
  }

  /** Tells whether there is no difference. */
  public boolean isEmpty() {
    return transforms.isEmpty();
  }

  /** Tells whether a stream cannot be synced as configured any more. */
  public boolean breaking() {
    return transforms.stream().anyMatch(SchemaTransform::breaking);
  }

  /** Returns what of this difference is not in another. */
  public SchemaDiff without(SchemaDiff other) {
    Set<SchemaTransform> out = Set.copyOf(other.transforms);
    return new SchemaDiff(transforms.stream().filter(one -> !out.contains(one)).toList());
  }

  private static SchemaTransform.Updated updated(ConnectionStream stream, ObjectNode found) {
    List<List<String>> key = StreamJson.paths(stream.config().path("primaryKey"));
    List<String> cursor = StreamJson.texts(stream.config().path("cursorField"));
    boolean incremental = stream.config().path("syncMode").asText().equals("incremental");
    boolean dedups = stream.config().path("destinationSyncMode").asText().endsWith("_dedup");
    List<SchemaTransform.Field> fields =
        SchemaFields.between(
            stream.stream().path("jsonSchema"),
            found.path("jsonSchema"),
            path -> (incremental && path.equals(cursor)) || (dedups && key.contains(path)));
    SchemaTransform.@Nullable Key changed = key(stream, found, key, dedups);
    return new SchemaTransform.Updated(
        stream.name(), fields, changed == null ? List.of() : List.of(changed));
  }

  private static SchemaTransform.@Nullable Key key(
      ConnectionStream stream, ObjectNode found, List<List<String>> configured, boolean dedups) {
    JsonNode before = stream.stream().path("sourceDefinedPrimaryKey");
    JsonNode after = found.path("sourceDefinedPrimaryKey");
    List<List<String>> own = StreamJson.paths(after);
    if (own.equals(StreamJson.paths(before))) {
      return null;
    }
    return new SchemaTransform.Key(
        before, after, dedups && !own.isEmpty() && !own.equals(configured));
  }

  private static Map<StreamName, ObjectNode> byName(List<ObjectNode> streams) {
    Map<StreamName, ObjectNode> byName = new LinkedHashMap<>();
    streams.forEach(stream -> byName.put(StreamJson.name(stream), stream));
    return byName;
  }
}
