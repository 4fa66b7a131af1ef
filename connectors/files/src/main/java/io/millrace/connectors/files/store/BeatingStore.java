package io.millrace.connectors.files.store;

import io.millrace.spi.Heartbeat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store whose heart beats with every call that has come back and every object that was found: a
 * publication of very many files is seen to go on, and one that hangs in a call is not.
 */
public final class BeatingStore implements ObjectStore {
  /** So many objects are removed between two beats. */
  private static final int DELETED_MAX = 500;

  private final ObjectStore store;
  private final Heartbeat heartbeat;

  /** Makes a store beat. */
  public BeatingStore(ObjectStore store, Heartbeat heartbeat) {
    this.store = store;
    this.heartbeat = heartbeat;
  }

  private <T extends @Nullable Object> T beat(T result) {
    heartbeat.beat();
    return result;
  }

  @Override
  public String display(String key) {
    return store.display(key);
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> found) throws InterruptedException {
    store.list(prefix, object -> found.accept(beat(object)));
    heartbeat.beat();
  }

  @Override
  public InputStream open(String key, long offset) throws IOException, InterruptedException {
    return beat(store.open(key, offset));
  }

  @Override
  public byte @Nullable [] read(String key) throws InterruptedException {
    return beat(store.read(key));
  }

  @Override
  public void put(String key, byte[] content) throws InterruptedException {
    store.put(key, content);
    heartbeat.beat();
  }

  @Override
  public boolean create(String key, byte[] content) throws InterruptedException {
    return beat(store.create(key, content));
  }

  @Override
  public void delete(Collection<String> keys) throws InterruptedException {
    List<String> all = new ArrayList<>(keys);
    for (int from = 0; from < all.size(); from += DELETED_MAX) {
      store.delete(all.subList(from, Math.min(all.size(), from + DELETED_MAX)));
      heartbeat.beat();
    }
  }

  @Override
  public StagingStream stage(StagingArea area, String key) throws InterruptedException {
    return beat(store.stage(area, key));
  }

  @Override
  public boolean publish(StagedObject staged) throws InterruptedException {
    return beat(store.publish(staged));
  }

  @Override
  public void discard(StagedObject staged) throws InterruptedException {
    store.discard(staged);
    heartbeat.beat();
  }

  @Override
  public Set<String> sweep(StagingArea area, Collection<StagedObject> keep)
      throws InterruptedException {
    return beat(store.sweep(area, keep));
  }

  @Override
  public void close() {
    store.close();
  }
}
