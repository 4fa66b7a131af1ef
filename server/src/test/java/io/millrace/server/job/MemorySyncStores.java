package io.millrace.server.job;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncStore;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.run.SyncStores;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stores that outlive simulated processes, as the real ones outlive real processes. */
public final class MemorySyncStores {
  private final Map<ConnectionId, MemorySyncStore> stores = new ConcurrentHashMap<>();

  /** Returns what a connection remembers. */
  public SyncStore of(ConnectionId connection) {
    return stores.computeIfAbsent(connection, id -> new MemorySyncStore());
  }

  /** Returns them with the fence of each save in a transaction of this store. */
  public SyncStores fenced(Database database) {
    return (connection, fence) -> new FencedSyncStore(of(connection), () -> database.change(fence));
  }

  private record FencedSyncStore(SyncStore store, Runnable fence) implements SyncStore {
    @Override
    public ConnectionMemory connection() {
      return store.connection();
    }

    @Override
    public void saveConnection(ConnectionMemory memory) {
      fence.run();
      store.saveConnection(memory);
    }

    @Override
    public @Nullable StreamMemory stream(StreamName name) {
      return store.stream(name);
    }

    @Override
    public void saveStream(StreamMemory memory) {
      fence.run();
      store.saveStream(memory);
    }

    @Override
    public List<StreamMemory> streams() {
      return store.streams();
    }

    @Override
    public void quarantine(List<QuarantinedRow> rows) {
      store.quarantine(rows);
    }
  }

  private static final class MemorySyncStore implements SyncStore {
    private final TreeMap<StreamName, StreamMemory> streams = new TreeMap<>();
    private ConnectionMemory connection = ConnectionMemory.NEW;

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
    public void quarantine(List<QuarantinedRow> rows) {}
  }
}
