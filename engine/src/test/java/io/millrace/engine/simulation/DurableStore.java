package io.millrace.engine.simulation;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncStore;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The engine's memory: survives processes, and is a place where they die. */
final class DurableStore {
  private final TreeMap<StreamName, StreamMemory> streams = new TreeMap<>();
  private final Set<List<Object>> quarantined = new HashSet<>();
  private ConnectionMemory connection = ConnectionMemory.NEW;

  synchronized @Nullable StreamMemory stream(StreamName name) {
    return streams.get(name);
  }

  synchronized ConnectionMemory connection() {
    return connection;
  }

  /** Returns how many rows of a stream one sync has put into quarantine. */
  synchronized long quarantined(StreamName stream, long syncId) {
    return quarantined.stream()
        .filter(key -> key.get(0).equals(stream) && key.get(1).equals(syncId))
        .count();
  }

  /** Returns the store as one process sees it. */
  SyncStore in(Chaos chaos) {
    return new View(chaos);
  }

  private final class View implements SyncStore {
    private final Chaos chaos;

    View(Chaos chaos) {
      this.chaos = chaos;
    }

    @Override
    public ConnectionMemory connection() {
      chaos.storeStep("load connection");
      return DurableStore.this.connection();
    }

    @Override
    public void saveConnection(ConnectionMemory memory) {
      chaos.storeStep("save " + memory);
      synchronized (DurableStore.this) {
        connection = memory;
      }
      chaos.storeStep("saved connection");
    }

    @Override
    public @Nullable StreamMemory stream(StreamName name) {
      chaos.storeStep("load " + name.name());
      return DurableStore.this.stream(name);
    }

    @Override
    public void saveStream(StreamMemory memory) {
      chaos.storeStep("save " + memory.name().name() + " " + memory.state());
      synchronized (DurableStore.this) {
        streams.put(memory.name(), memory);
      }
      chaos.storeStep("saved " + memory.name().name());
    }

    @Override
    public List<StreamMemory> streams() {
      synchronized (DurableStore.this) {
        return List.copyOf(streams.values());
      }
    }

    @Override
    public void quarantine(List<QuarantinedRow> rows) {
      chaos.storeStep("quarantine " + rows.size());
      synchronized (DurableStore.this) {
        for (QuarantinedRow row : new ArrayList<>(rows)) {
          quarantined.add(
              List.of(row.stream(), row.syncId(), row.partitionId(), row.row().position()));
        }
      }
    }
  }
}
