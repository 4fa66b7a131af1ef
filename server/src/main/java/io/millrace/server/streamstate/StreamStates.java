package io.millrace.server.streamstate;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.StreamMemory;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.StateKeeper;
import io.millrace.server.state.StateEditor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Changes what is remembered, between syncs, within a transaction of the caller. */
public final class StreamStates implements StateKeeper {
  private final Clock clock;
  private final StreamStateStore store = new StreamStateStore();

  /** Makes it. */
  public StreamStates(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void clear(Handle tx, ConnectionId connection, Collection<StreamName> streams) {
    List<StreamMemory> known =
        store.streams(tx, connection).stream()
            .filter(memory -> streams.contains(memory.name()))
            .toList();
    giveUp(tx, connection, known);
    for (StreamMemory memory : known) {
      if (memory.state() != null || memory.open() != null) {
        store.save(tx, connection, memory.withState(null).withOpen(null), clock.instant());
      }
    }
  }

  /** Returns what is known of every stream, in the order of their names. */
  List<StreamMemory> all(Handle tx, ConnectionId connection) {
    return store.streams(tx, connection);
  }

  /** Makes a stream begin at a state. */
  void set(Handle tx, ConnectionId connection, StreamName name, @Nullable StreamState state) {
    @Nullable StreamMemory known = store.stream(tx, connection, name).orElse(null);
    if (known != null) {
      giveUp(tx, connection, List.of(known));
      store.save(tx, connection, known.withState(state).withOpen(null), clock.instant());
    } else if (state != null) {
      store.save(tx, connection, StateEditor.unsynced(name, state), clock.instant());
    }
  }

  /** The destination would take the interrupted sync's rows for those of the new read. */
  private void giveUp(Handle tx, ConnectionId connection, List<StreamMemory> streams) {
    ConnectionMemory memory = store.connection(tx, connection).orElse(ConnectionMemory.NEW);
    if (memory.open() && streams.stream().anyMatch(one -> one.open() != null)) {
      store.saveConnection(
          tx, connection, new ConnectionMemory(memory.lastSyncId(), memory.lastSyncId()));
    }
  }
}
