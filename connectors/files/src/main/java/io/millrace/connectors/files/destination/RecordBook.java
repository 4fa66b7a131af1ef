package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.ObjectStore;
import io.millrace.connectors.files.store.Parallel;
import io.millrace.spi.Commit;
import io.millrace.spi.LoadPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The commit records of one pipeline's stream, each an object {@code <sync>/<partition>/<sequence>}
 * in a hidden folder. Thread-safe.
 */
final class RecordBook {
  private static final String SUFFIX = ".json";

  private final ObjectStore store;
  private final String folder;
  private final Map<String, CommitRecord> known = new ConcurrentSkipListMap<>();

  RecordBook(ObjectStore store, StreamFolder folder, LoadPlan plan) {
    this.store = store;
    this.folder = folder.commits(plan);
  }

  /** Returns the keys of all records there are. */
  List<String> keys() throws InterruptedException {
    List<String> keys = new ArrayList<>();
    store.list(
        folder,
        object -> {
          if (object.key().endsWith(SUFFIX)) {
            keys.add(object.key());
          }
        });
    return keys;
  }

  /** Returns the sync that a record belongs to. */
  long syncOf(String key) {
    String rest = key.substring(folder.length());
    return Long.parseLong(rest.substring(0, rest.indexOf('/')));
  }

  /** Returns the key of a commit's record. */
  String key(long syncId, Commit commit) {
    // Partition ids are of letters, digits and "._-"; one that begins with a dot stays visible
    // here.
    return String.format(
        Locale.ROOT,
        "%s%d/p-%s/%010d%s",
        folder,
        syncId,
        commit.partitionId(),
        commit.sequence(),
        SUFFIX);
  }

  /** Reads records, and returns them by key. */
  Map<String, CommitRecord> read(Collection<String> keys) throws InterruptedException {
    Parallel.forEach(
        keys.stream().filter(key -> !known.containsKey(key)).toList(),
        key -> {
          byte[] content = store.read(key);
          if (content != null) {
            known.put(key, CommitRecord.decode(store.display(key), content));
          }
        });
    Map<String, CommitRecord> found = new TreeMap<>(known);
    found.keySet().retainAll(keys);
    return found;
  }

  /**
   * Writes a record; the commit is durable when it returns.
   *
   * @return false when there is another record of this commit: nothing was written
   */
  boolean write(long syncId, CommitRecord record) throws InterruptedException {
    String key = key(syncId, record.commit());
    if (!store.create(key, record.encode())) {
      known.remove(key);
      return false;
    }
    known.put(key, record);
    return true;
  }

  /** Removes records. */
  void delete(Collection<String> keys) throws InterruptedException {
    store.delete(keys);
    keys.forEach(known::remove);
  }
}
