package io.millrace.engine;

import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.TargetName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one stream.
 *
 * @param name the stream
 * @param wanted the target as the pipeline asked for it
 * @param target the target in use, which differs from {@code wanted} where names met or were cut
 * @param generationId the numbered life of the target's data; 0 until a read of everything begins
 *     one
 * @param anew the next read begins a generation although its mode alone would go on with this one
 * @param state where the next incremental sync begins; null: at the beginning
 * @param fields the fields of the last sync and their types, for finding changes
 * @param hadRows some sync has brought rows
 * @param open the read that is not ended; null between syncs
 */
public record StreamMemory(
    StreamName name,
    TargetName wanted,
    TargetName target,
    long generationId,
    boolean anew,
    @Nullable StreamState state,
    List<FieldMemory> fields,
    boolean hadRows,
    @Nullable OpenRead open) {
  public StreamMemory {
    fields = List.copyOf(fields);
  }

  /**
   * A field as it was in the last sync.
   *
   * @param name its name
   * @param type its type as {@link io.millrace.spi.type.LogicalType#display} says it
   */
  public record FieldMemory(String name, String type) {}

  /**
   * Tells whether some sync of the stream has ended, so that {@link #target} has its rows. Without
   * one, a state is what somebody said: the target has what another program, or nobody, has put
   * there.
   */
  public boolean synced() {
    return !fields.isEmpty();
  }

  /**
   * Returns this memory without a state; the next read begins a generation. A read is over; what it
   * says of the stream's fields stays, so that the target can be emptied without asking the source.
   * May be repeated: one generation begins, however often.
   */
  StreamMemory begunAnew() {
    @Nullable OpenRead over = open == null ? null : open.over();
    return new StreamMemory(name, wanted, target, generationId, true, null, fields, hadRows, over);
  }

  /** Returns this memory without its unfinished read: what the stream looks like is kept. */
  StreamMemory withoutRead() {
    return withOpen(open == null ? null : open.over());
  }

  /** Returns this memory with another state. */
  public StreamMemory withState(@Nullable StreamState newState) {
    return new StreamMemory(
        name, wanted, target, generationId, anew, newState, fields, hadRows, open);
  }

  /** Returns this memory with another open read. */
  public StreamMemory withOpen(@Nullable OpenRead newOpen) {
    return new StreamMemory(
        name, wanted, target, generationId, anew, state, fields, hadRows, newOpen);
  }
}
