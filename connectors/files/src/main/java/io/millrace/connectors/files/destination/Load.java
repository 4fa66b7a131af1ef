package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.ObjectStore;
import io.millrace.spi.LoadPlan;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/**
 * A stream being loaded: what all its steps need.
 *
 * @param store where files go
 * @param plan the plan
 * @param folder the stream's folder and our records' folder
 * @param book the records
 * @param settings how files are written
 * @param dataFolder the folder of new files, its times filled in
 * @param clock the time
 */
record Load(
    ObjectStore store,
    LoadPlan plan,
    StreamFolder folder,
    RecordBook book,
    FileSettings settings,
    String dataFolder,
    Clock clock) {
  static Load of(ObjectStore store, LoadPlan plan, FileSettings settings, Clock clock) {
    StreamFolder folder = StreamFolder.of(settings.path(), plan);
    return new Load(
        store,
        plan,
        folder,
        new RecordBook(store, folder, plan),
        settings,
        settings.path().folder(plan.target(), clock.instant()),
        clock);
  }

  /** Returns the name by which the manifest knows the pipeline. */
  String pipeline() {
    return plan.connectionId() + "/" + plan.stream().display();
  }

  Instant now() {
    return clock.instant();
  }

  Manifest readManifest() throws InterruptedException {
    byte[] content = store.read(folder.manifest());
    return content == null
        ? Manifest.EMPTY
        : Manifest.decode(store.display(folder.manifest()), folder.root(), content);
  }

  void writeManifest(Manifest manifest) throws InterruptedException {
    store.put(folder.manifest(), manifest.encode(folder.root(), now()));
  }

  /** Returns the key of a new file. */
  String newKey(String part) {
    FileNames.Facts facts = new FileNames.Facts(part, plan.syncId(), now());
    return dataFolder + settings.names().name(facts, StreamFolder.mark(plan), settings.extension());
  }

  /** Returns the key of the file that stands for no rows. */
  String emptyKey() {
    return dataFolder
        + FileNames.nameOfEmpty(plan.syncId(), StreamFolder.mark(plan), settings.extension());
  }

  /** Tells whether a manifest says that this very sync is finished. */
  boolean finished(Manifest manifest) {
    return manifest.finished(pipeline(), plan.syncId());
  }

  @Override
  public String toString() {
    return "load of " + Objects.requireNonNull(plan.stream()).display();
  }
}
