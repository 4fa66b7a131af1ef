package io.millrace.engine.run;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncStore;
import io.millrace.spi.StreamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store as one sync sees it: after the sync's end nothing is written any more, so that a thread
 * that was given up and wakes up later does not disturb the next sync. Thread-safe.
 */
final class FencedStore implements SyncStore {
  private final SyncStore store;
  private boolean over;

  FencedStore(SyncStore store) {
    this.store = store;
  }

  /** Ends the writing. What is written just now is written to its end. */
  synchronized void end() {
    over = true;
  }

  @Override
  public ConnectionMemory connection() {
    return store.connection();
  }

  @Override
  public void saveConnection(ConnectionMemory memory) {
    write(() -> store.saveConnection(memory));
  }

  @Override
  public @Nullable StreamMemory stream(StreamName name) {
    return store.stream(name);
  }

  @Override
  public void saveStream(StreamMemory memory) {
    write(() -> store.saveStream(memory));
  }

  @Override
  public List<StreamMemory> streams() {
    return store.streams();
  }

  @Override
  public void quarantine(List<QuarantinedRow> rows) {
    write(() -> store.quarantine(rows));
  }

  private synchronized void write(Runnable write) {
    if (over) {
      throw new IllegalStateException("The sync is over; a thread that was given up woke up.");
    }
    write.run();
  }
}
