package io.millrace.testkit.contract.destination;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One sync of one stream into one target.
 *
 * @param connectionId the pipeline
 * @param id grows with each sync
 * @param stream the name at the source
 * @param target a name that identify returned
 * @param schema the fields of the batches
 * @param mode what happens to the rows already there
 * @param key names of fields; empty unless the mode dedups
 * @param cursor the field whose largest value wins, or null
 */
public record Sync(
    String connectionId,
    long id,
    StreamName stream,
    TargetName target,
    Schema schema,
    WriteMode mode,
    List<String> key,
    @Nullable String cursor) {
  /** Returns the next sync of the same stream. */
  public Sync next() {
    return new Sync(connectionId, id + 1, stream, target, schema, mode, key, cursor);
  }

  /** Returns this sync with other fields. */
  public Sync with(Schema changed) {
    return new Sync(connectionId, id, stream, target, changed, mode, key, cursor);
  }

  /** Returns this sync in another mode. */
  public Sync with(WriteMode changed) {
    return new Sync(connectionId, id, stream, target, schema, changed, key, cursor);
  }

  /** Returns this sync by another key and cursor. */
  public Sync by(List<String> newKey, @Nullable String newCursor) {
    return new Sync(connectionId, id, stream, target, schema, mode, newKey, newCursor);
  }

  /** Returns what the destination is told; a key only where the mode needs one. */
  public LoadPlan plan() {
    return new LoadPlan(
        connectionId,
        id,
        mode == WriteMode.APPEND || mode == WriteMode.APPEND_DEDUP ? 1 : id,
        stream,
        target,
        schema,
        mode,
        mode.dedups() ? key : List.of(),
        mode.dedups() ? cursor : null);
  }
}
