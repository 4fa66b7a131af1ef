package io.millrace.engine;

import io.millrace.spi.StreamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection remembers from sync to sync, and in the middle of one. Implementations
 * survive a kill of the process: a call that has returned is kept, one that has not left the old
 * value.
 *
 * <p>Thread-safe: streams save from their own threads. One sync at a time uses a store; who opens
 * it sees to that.
 */
public interface SyncStore {
  /** Returns the connection's memory; {@link ConnectionMemory#NEW} before the first sync. */
  ConnectionMemory connection();

  /** Keeps the connection's memory. */
  void saveConnection(ConnectionMemory memory);

  /** Returns what is known of a stream, or null before its first sync. */
  @Nullable StreamMemory stream(StreamName name);

  /** Keeps a stream's memory. Every version of its state stays readable. */
  void saveStream(StreamMemory memory);

  /** Returns what is known of every stream, in the order of their names. */
  List<StreamMemory> streams();

  /**
   * Keeps rows that could not be carried. Rows that were kept already (same sync, stream, partition
   * and position) are not kept twice; beyond its bound the store counts and drops the oldest.
   */
  void quarantine(List<QuarantinedRow> rows);
}
