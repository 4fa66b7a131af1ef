package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.Parallel;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetDescription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Loads one stream into its folder. */
final class FilesLoader implements StreamLoader {
  private final Load load;
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();

  FilesLoader(Load load) {
    this.load = load;
  }

  /** Brings what earlier processes left into order. */
  void recover() throws InterruptedException {
    Recovery recovery = new Recovery(load);
    recovery.settleEarlierSyncs();
    remember(recovery.settleThisSync());
  }

  private List<Commit> remember(List<Commit> newest) {
    sequences.clear();
    newest.forEach(commit -> sequences.put(commit.partitionId(), commit.sequence()));
    return newest;
  }

  @Override
  public TargetDescription target() {
    String folder = StreamFolder.shown(load.settings().path(), load.plan().target());
    return new TargetDescription(load.store().display(folder), Map.of());
  }

  @Override
  public List<Commit> commits() throws InterruptedException {
    return remember(new Recovery(load).settleThisSync());
  }

  @Override
  public void discard() throws InterruptedException {
    List<String> keys =
        load.book().keys().stream()
            .filter(key -> load.book().syncOf(key) == load.plan().syncId())
            .toList();
    Map<String, CommitRecord> records = load.book().read(keys);
    load.book().delete(keys);
    Manifest manifest = load.readManifest();
    for (CommitRecord record : records.values()) {
      Parallel.forEach(
          record.files(),
          file -> {
            load.store().discard(file.staged());
            if (!manifest.files().containsKey(file.key())) {
              load.store().delete(List.of(file.key()));
            }
          });
    }
    load.store().sweep(load.folder().staging(load.plan()), List.of());
    sequences.clear();
  }

  @Override
  public BatchWriter writer(String partitionId, int ordinal) {
    return new FilesWriter(load, ordinal, sequences.getOrDefault(partitionId, 0L), sequences);
  }

  @Override
  public FinishReceipt finish() throws InterruptedException {
    return new FinishReceipt(new FilePublisher(load).publish());
  }

  @Override
  public void close() {}
}
