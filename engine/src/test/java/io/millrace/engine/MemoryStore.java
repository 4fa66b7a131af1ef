package io.millrace.engine;

import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store that outlives the simulated process, as files outlive a real one. */
final class MemoryStore implements SyncStore {
  private final TreeMap<StreamName, StreamMemory> streams = new TreeMap<>();
  private final Set<List<Object>> quarantinedKeys = new LinkedHashSet<>();
  private final List<QuarantinedRow> quarantined = new ArrayList<>();
  private ConnectionMemory connection = ConnectionMemory.NEW;
  private int largestQuarantine;

  @Override
  public synchronized ConnectionMemory connection() {
    return connection;
  }

  @Override
  public synchronized void saveConnection(ConnectionMemory memory) {
    connection = memory;
  }

  @Override
  public synchronized @Nullable StreamMemory stream(StreamName name) {
    return streams.get(name);
  }

  @Override
  public synchronized void saveStream(StreamMemory memory) {
    streams.put(memory.name(), memory);
  }

  @Override
  public synchronized List<StreamMemory> streams() {
    return List.copyOf(streams.values());
  }

  @Override
  public synchronized void quarantine(List<QuarantinedRow> rows) {
    largestQuarantine = Math.max(largestQuarantine, rows.size());
    for (QuarantinedRow row : rows) {
      if (quarantinedKeys.add(
          List.of(row.syncId(), row.stream(), row.partitionId(), row.row().position()))) {
        quarantined.add(row);
      }
    }
  }

  /** Returns how many rows one call brought at most. */
  synchronized int largestQuarantine() {
    return largestQuarantine;
  }

  synchronized List<QuarantinedRow> quarantined() {
    return List.copyOf(quarantined);
  }
}
