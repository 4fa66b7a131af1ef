package io.millrace.protocol;

import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a configured catalog.
 *
 * @param name the stream
 * @param incremental it is read incrementally
 * @param destinationMode the protocol's word for what becomes of rows already there
 * @param cursorField the cursor, or null
 * @param primaryKey the key's fields, perhaps none
 * @param jsonSchema the schema of its records
 * @param target the name at the destination; null: the stream's own
 * @param generationId the generation to write
 * @param minimumGenerationId older generations are removed at the end; 0: none is
 * @param syncId the number of the sync
 */
public record ConfiguredEntry(
    StreamName name,
    boolean incremental,
    String destinationMode,
    @Nullable String cursorField,
    List<String> primaryKey,
    Map<String, Object> jsonSchema,
    @Nullable String target,
    long generationId,
    long minimumGenerationId,
    long syncId) {
  public ConfiguredEntry {
    primaryKey = List.copyOf(primaryKey);
  }

  /** Returns the names of the columns that the schema lists. */
  public List<String> columns() {
    return jsonSchema.get("properties") instanceof Map<?, ?> properties
        ? properties.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  /**
   * Returns the sync mode that both words together mean.
   *
   * @throws ConfigException when together they mean nothing that is offered
   */
  public SyncMode mode() {
    return switch (destinationMode) {
      case "append" -> incremental ? SyncMode.INCREMENTAL_APPEND : SyncMode.FULL_REFRESH_APPEND;
      case "overwrite", "overwrite_dedup" -> overwrite();
      case "append_dedup" -> appendDedup();
      default -> throw refused();
    };
  }

  /** An overwrite with a key keeps the newest row of each key; the protocol has no word for it. */
  private SyncMode overwrite() {
    if (incremental) {
      throw refused();
    }
    return primaryKey.isEmpty()
        ? SyncMode.FULL_REFRESH_OVERWRITE
        : SyncMode.FULL_REFRESH_OVERWRITE_DEDUP;
  }

  /** A full refresh with dedup that keeps no older generation replaces the table. */
  private SyncMode appendDedup() {
    if (incremental) {
      return SyncMode.INCREMENTAL_APPEND_DEDUP;
    }
    if (minimumGenerationId < generationId) {
      throw refused();
    }
    return SyncMode.FULL_REFRESH_OVERWRITE_DEDUP;
  }

  private ConfigException refused() {
    return new ConfigException(
        "mode_unsupported",
        "The catalog asks for "
            + (incremental ? "incremental" : "full_refresh")
            + " with "
            + destinationMode
            + " for stream "
            + name.display()
            + ", which is not offered. Offered are full_refresh with overwrite or append, and"
            + " incremental with append or append_dedup.");
  }
}
