package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.Parallel;
import io.millrace.connectors.files.store.StagedObject;
import io.millrace.spi.Commit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings what a killed process left into order, before anything is written.
 *
 * <p>A record that is there counts: files of an append that it names are published now, if they are
 * not yet. Files that no record names are dropped. A record whose files are gone (a rule of the
 * bucket removed them) is no commit; it goes, and so do those after it.
 */
final class Recovery {
  private final Load load;

  Recovery(Load load) {
    this.load = load;
  }

  /** Ends what earlier syncs of this pipeline and stream began, and forgets them. */
  void settleEarlierSyncs() throws InterruptedException {
    Manifest manifest = finishRemoval(load.readManifest());
    Map<Long, List<String>> bySync = new TreeMap<>();
    for (String key : load.book().keys()) {
      long sync = load.book().syncOf(key);
      if (sync != load.plan().syncId()) {
        bySync.computeIfAbsent(sync, ignored -> new ArrayList<>()).add(key);
      }
    }
    for (Map.Entry<Long, List<String>> sync : bySync.entrySet()) {
      if (!manifest.finished(load.pipeline(), sync.getKey())) {
        manifest = settle(load.book().read(sync.getValue()).values(), manifest);
      }
      load.book().delete(sync.getValue());
    }
  }

  private Manifest finishRemoval(Manifest manifest) throws InterruptedException {
    if (manifest.removing().isEmpty()) {
      return manifest;
    }
    load.store().delete(manifest.removing());
    load.writeManifest(manifest.removed());
    return manifest.removed();
  }

  /** Keeps what an unfinished append made durable, drops what an unfinished overwrite staged. */
  private Manifest settle(Collection<CommitRecord> records, Manifest manifest)
      throws InterruptedException {
    List<DataFile> kept = new ArrayList<>();
    List<DataFile> dropped = new ArrayList<>();
    for (CommitRecord record : records) {
      (record.staged() ? dropped : kept).addAll(record.files());
    }
    dropped.removeIf(file -> manifest.files().containsKey(file.key()));
    Parallel.forEach(dropped, file -> load.store().discard(file.staged()));
    load.store().delete(dropped.stream().map(DataFile::key).toList());
    List<DataFile> published = publish(kept);
    if (published.isEmpty()) {
      return manifest;
    }
    Manifest sum = manifest.plus(published);
    load.writeManifest(sum);
    return sum;
  }

  /** Publishes files and returns those that the store still had. */
  private List<DataFile> publish(List<DataFile> files) throws InterruptedException {
    Set<String> gone = ConcurrentHashMap.newKeySet();
    Parallel.forEach(
        files,
        file -> {
          if (!load.store().publish(file.staged())) {
            gone.add(file.key());
          }
        });
    return files.stream().filter(file -> !gone.contains(file.key())).toList();
  }

  /** Brings this sync's own records into order and returns the newest of each partition. */
  List<Commit> settleThisSync() throws InterruptedException {
    List<String> keys =
        load.book().keys().stream()
            .filter(key -> load.book().syncOf(key) == load.plan().syncId())
            .toList();
    Map<String, NavigableMap<Long, String>> partitions = new LinkedHashMap<>();
    Map<String, CommitRecord> records = load.book().read(keys);
    records.forEach(
        (key, record) ->
            partitions
                .computeIfAbsent(record.commit().partitionId(), ignored -> new TreeMap<>())
                .put(record.commit().sequence(), key));
    Set<String> lost =
        load.plan().writeMode().staged()
            ? lostWhileStaged(records)
            : lostAtTheEnd(records, partitions);
    List<Commit> newest = new ArrayList<>();
    for (NavigableMap<Long, String> partition : partitions.values()) {
      dropFromFirstLost(partition, records, lost);
      if (!partition.isEmpty()) {
        newest.add(commit(records, partition.lastEntry().getValue()));
      }
    }
    return newest;
  }

  private static Commit commit(Map<String, CommitRecord> records, String key) {
    CommitRecord record = records.get(key);
    if (record == null) {
      throw new IllegalStateException("No record " + key);
    }
    return record.commit();
  }

  /** Drops leftovers, and returns the keys of records whose staged files are gone. */
  private Set<String> lostWhileStaged(Map<String, CommitRecord> records)
      throws InterruptedException {
    Map<StagedObject, String> missing = new HashMap<>();
    records.forEach(
        (key, record) -> record.files().forEach(file -> missing.put(file.staged(), key)));
    Set<String> there =
        load.store().sweep(load.folder().staging(load.plan()), Set.copyOf(missing.keySet()));
    missing.keySet().removeIf(staged -> there.contains(staged.token()));
    if (missing.isEmpty()) {
      return Set.of();
    }
    // A publication that was interrupted has shown some of them already.
    Set<String> visible = new HashSet<>();
    load.store().list(load.folder().root(), object -> visible.add(object.key()));
    Set<String> lost = new HashSet<>();
    missing.forEach(
        (staged, key) -> {
          if (!visible.contains(staged.key())) {
            lost.add(key);
          }
        });
    return lost;
  }

  /** Publishes the last commit of each partition, and returns the keys of records that are lost. */
  private Set<String> lostAtTheEnd(
      Map<String, CommitRecord> records, Map<String, NavigableMap<Long, String>> partitions)
      throws InterruptedException {
    Set<String> lost = new HashSet<>();
    for (NavigableMap<Long, String> partition : partitions.values()) {
      String last = partition.lastEntry().getValue();
      CommitRecord record = records.get(last);
      if (record != null && publish(record.files()).size() < record.files().size()) {
        lost.add(last);
      }
    }
    load.store().sweep(load.folder().staging(load.plan()), List.of());
    return lost;
  }

  private void dropFromFirstLost(
      NavigableMap<Long, String> partition, Map<String, CommitRecord> records, Set<String> lost)
      throws InterruptedException {
    Long first = null;
    for (Map.Entry<Long, String> entry : partition.entrySet()) {
      if (lost.contains(entry.getValue())) {
        first = entry.getKey();
        break;
      }
    }
    if (first == null) {
      return;
    }
    Map<Long, String> tail = partition.tailMap(first, true);
    load.book().delete(List.copyOf(tail.values()));
    for (String key : tail.values()) {
      CommitRecord record = records.get(key);
      if (record != null) {
        for (DataFile file : record.files()) {
          load.store().discard(file.staged());
        }
        load.store().delete(record.files().stream().map(DataFile::key).toList());
      }
    }
    tail.clear();
  }
}
