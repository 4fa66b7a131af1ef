package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.ObjectStore;
import io.millrace.connectors.files.store.StagedObject;
import io.millrace.connectors.files.store.StagingArea;
import io.millrace.connectors.files.store.StagingStream;
import io.millrace.connectors.files.store.StoredObject;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store whose process dies at its n-th change: before it takes place, or after it and before
 * anybody hears of it. From then on nothing reaches the store any more.
 */
final class CrashingStore implements ObjectStore {
  /** When the process dies. */
  enum Moment {
    BEFORE,
    AFTER
  }

  private final ObjectStore store;
  private final int deadly;
  private final Moment moment;
  private final AtomicInteger changes = new AtomicInteger();
  private volatile boolean dead;

  CrashingStore(ObjectStore store, int deadly, Moment moment) {
    this.store = store;
    this.deadly = deadly;
    this.moment = moment;
  }

  boolean dead() {
    return dead;
  }

  private interface Change<T> {
    T make() throws InterruptedException;
  }

  private <T> T change(Change<T> change) throws InterruptedException {
    alive();
    boolean last = changes.incrementAndGet() == deadly;
    if (last && moment == Moment.BEFORE) {
      dead = true;
    }
    alive();
    T result = change.make();
    if (last) {
      dead = true;
    }
    alive();
    return result;
  }

  private void alive() {
    if (dead) {
      throw new TransientException("dead", "The process is dead.", "dead", null);
    }
  }

  @Override
  public String display(String key) {
    return store.display(key);
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> found) throws InterruptedException {
    alive();
    store.list(prefix, found);
  }

  @Override
  public InputStream open(String key, long offset) throws IOException, InterruptedException {
    alive();
    return store.open(key, offset);
  }

  @Override
  public byte @Nullable [] read(String key) throws InterruptedException {
    alive();
    return store.read(key);
  }

  @Override
  public void put(String key, byte[] content) throws InterruptedException {
    change(
        () -> {
          store.put(key, content);
          return true;
        });
  }

  @Override
  public boolean create(String key, byte[] content) throws InterruptedException {
    return change(() -> store.create(key, content));
  }

  @Override
  public void delete(Collection<String> keys) throws InterruptedException {
    for (String key : keys) {
      change(
          () -> {
            store.delete(Set.of(key));
            return true;
          });
    }
  }

  @Override
  public StagingStream stage(StagingArea area, String key) throws InterruptedException {
    StagingStream stream = change(() -> store.stage(area, key));
    return new StagingStream() {
      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        alive();
        stream.write(source, offset, length);
      }

      @Override
      public long size() {
        return stream.size();
      }

      @Override
      public StagedObject seal() throws InterruptedException {
        return change(stream::seal);
      }

      @Override
      public void close() {
        if (!dead) {
          stream.close();
        }
      }
    };
  }

  @Override
  public boolean publish(StagedObject staged) throws InterruptedException {
    return change(() -> store.publish(staged));
  }

  @Override
  public void discard(StagedObject staged) throws InterruptedException {
    change(
        () -> {
          store.discard(staged);
          return true;
        });
  }

  @Override
  public Set<String> sweep(StagingArea area, Collection<StagedObject> keep)
      throws InterruptedException {
    return change(() -> store.sweep(area, keep));
  }

  @Override
  public void close() {
    store.close();
  }
}
