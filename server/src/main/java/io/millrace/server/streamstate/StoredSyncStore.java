package io.millrace.server.streamstate;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncStore;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.state.QuarantineFiles;
import io.millrace.server.state.StateFolder;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What one connection remembers, in the server's store; rows in quarantine are files beside it.
 * Each call is a transaction: once it has returned, a kill of the process loses nothing of it.
 *
 * <p>Thread-safe. One job at a time uses it, which the store of jobs sees to.
 */
public final class StoredSyncStore implements SyncStore {
  private final Database database;
  private final ConnectionId id;
  private final Clock clock;
  private final QuarantineFiles quarantine;
  private final Consumer<Handle> fence;
  private final StreamStateStore store = new StreamStateStore();

  /**
   * Opens a connection's memory; the connection is in the store.
   *
   * @param folder where the connection's files lie, its rows in quarantine among them
   * @param fence begins the transaction of every save; throws where nothing may be saved any more
   */
  public StoredSyncStore(
      Database database, ConnectionId id, StateFolder folder, Clock clock, Consumer<Handle> fence) {
    this.database = database;
    this.id = id;
    this.clock = clock;
    this.fence = fence;
    this.quarantine = new QuarantineFiles(folder);
  }

  /**
   * Returns which syncs began and ended. Before the first sync that is a number of today rather
   * than zero: where a store was lost, ids must not come again, because the destination remembers
   * syncs by them.
   */
  @Override
  public ConnectionMemory connection() {
    return database
        .read(tx -> store.connection(tx, id))
        .orElseGet(
            () -> {
              long today = clock.instant().getEpochSecond();
              return new ConnectionMemory(today, today);
            });
  }

  @Override
  public void saveConnection(ConnectionMemory memory) {
    database.change(
        tx -> {
          fence.accept(tx);
          store.saveConnection(tx, id, memory);
        });
  }

  @Override
  public @Nullable StreamMemory stream(StreamName name) {
    return database.read(tx -> store.stream(tx, id, name)).orElse(null);
  }

  @Override
  public void saveStream(StreamMemory memory) {
    database.change(
        tx -> {
          fence.accept(tx);
          store.save(tx, id, memory, clock.instant());
        });
  }

  @Override
  public List<StreamMemory> streams() {
    return database.read(tx -> store.streams(tx, id));
  }

  @Override
  public void quarantine(List<QuarantinedRow> rows) {
    quarantine.add(rows);
  }

  /** Returns the kept versions of a stream's state, oldest first. */
  public List<StreamStateStore.Version> history(StreamName name) {
    return database.read(tx -> store.versions(tx, id, name));
  }
}
