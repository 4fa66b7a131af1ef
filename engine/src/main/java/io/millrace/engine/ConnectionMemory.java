package io.millrace.engine;

/**
 * Which syncs a connection has begun and ended.
 *
 * @param lastSyncId the id of the sync begun last, or 0
 * @param endedSyncId the id of the sync ended last, or 0; a sync is open while this is smaller than
 *     {@code lastSyncId}
 */
public record ConnectionMemory(long lastSyncId, long endedSyncId) {
  /** Before the first sync. */
  public static final ConnectionMemory NEW = new ConnectionMemory(0, 0);

  /** Tells whether the last sync was interrupted before its summary was printed. */
  public boolean open() {
    return endedSyncId < lastSyncId;
  }
}
