package io.millrace.protocol;

import io.millrace.spi.Destination;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Says what a configured stream of the protocol means for a destination. */
final class LoadPlans {
  /** The protocol has no name for a connection: its streams come with their names mapped. */
  private static final String CONNECTION = "airbyte-protocol";

  private LoadPlans() {}

  static LoadPlan of(Destination destination, ConfiguredEntry entry, Schema schema, long syncId) {
    StreamName name = entry.name();
    @Nullable String namespace =
        name.namespace() != null ? name.namespace() : destination.traits().defaultNamespace();
    String table = entry.target() != null ? entry.target() : name.name();
    return new LoadPlan(
        CONNECTION,
        syncId,
        entry.generationId(),
        name,
        destination.identify(TargetName.wanted(namespace, table)),
        schema,
        mode(entry),
        key(entry),
        mode(entry).dedups() ? entry.cursorField() : null);
  }

  /** Returns the key's fields where the mode needs them. */
  static List<String> key(ConfiguredEntry entry) {
    return mode(entry).dedups() ? entry.primaryKey() : List.of();
  }

  /** A refresh that removes every older generation replaces the table, whatever the mode says. */
  private static WriteMode mode(ConfiguredEntry entry) {
    WriteMode mode = entry.mode().writeMode();
    if (entry.minimumGenerationId() == 0 || entry.minimumGenerationId() < entry.generationId()) {
      return mode;
    }
    return switch (mode) {
      case APPEND, OVERWRITE -> WriteMode.OVERWRITE;
      case APPEND_DEDUP, OVERWRITE_DEDUP -> WriteMode.OVERWRITE_DEDUP;
    };
  }
}
