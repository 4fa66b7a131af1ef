package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.format.FormatWriter;
import io.millrace.connectors.files.format.Formats;
import io.millrace.connectors.files.store.Parallel;
import io.millrace.connectors.files.store.StagedObject;
import io.millrace.connectors.files.store.StagingStream;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends a sync: new files appear, the manifest turns to them in one step, the old ones go. Every
 * step may be repeated, by another process too.
 */
final class FilePublisher {
  private final Load load;

  FilePublisher(Load load) {
    this.load = load;
  }

  /** Publishes and returns the rows of this sync. */
  long publish() throws InterruptedException {
    List<String> keys =
        load.book().keys().stream()
            .filter(key -> load.book().syncOf(key) == load.plan().syncId())
            .toList();
    List<DataFile> files = new ArrayList<>();
    for (CommitRecord record : load.book().read(keys).values()) {
      files.addAll(record.files());
    }
    Manifest manifest = load.readManifest();
    if (!load.finished(manifest)) {
      if (load.plan().writeMode() == WriteMode.OVERWRITE) {
        replace(files, manifest);
      } else if (!files.isEmpty() || manifest.files().isEmpty()) {
        add(files, manifest);
      }
    } else if (!manifest.removing().isEmpty()) {
      remove(manifest);
    }
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  private void add(List<DataFile> files, Manifest manifest) throws InterruptedException {
    List<DataFile> added = new ArrayList<>(files);
    if (added.isEmpty()) {
      added.add(publishEmpty());
    }
    load.writeManifest(manifest.plus(added).finish(load.pipeline(), load.plan().syncId()));
  }

  private void replace(List<DataFile> files, Manifest manifest) throws InterruptedException {
    publishAll(files);
    List<DataFile> fresh = new ArrayList<>(files);
    if (fresh.isEmpty()) {
      fresh.add(publishEmpty());
    }
    Manifest next =
        manifest
            .replacedBy(fresh, obsolete(manifest))
            .finish(load.pipeline(), load.plan().syncId());
    load.writeManifest(next);
    remove(next);
  }

  /** Returns the files of this stream that are there, also those that no manifest ever named. */
  private Set<String> obsolete(Manifest manifest) throws InterruptedException {
    Set<String> obsolete = new HashSet<>(manifest.files().keySet());
    obsolete.addAll(manifest.removing());
    if (load.folder().own()) {
      int start = load.folder().root().length();
      String mark = StreamFolder.mark(load.plan());
      load.store()
          .list(
              load.folder().root(),
              object -> {
                if (FileNames.isData(object.key().substring(start))
                    && FileNames.isMarked(object.key(), mark)) {
                  obsolete.add(object.key());
                }
              });
    }
    return obsolete;
  }

  private void remove(Manifest manifest) throws InterruptedException {
    if (!manifest.removing().isEmpty()) {
      load.store().delete(manifest.removing());
      load.writeManifest(manifest.removed());
    }
  }

  private void publishAll(List<DataFile> files) throws InterruptedException {
    Set<String> gone = ConcurrentHashMap.newKeySet();
    Parallel.forEach(
        files,
        file -> {
          if (!load.store().publish(file.staged())) {
            gone.add(file.key());
          }
        });
    if (!gone.isEmpty()) {
      throw new TransientException(
          "staged_lost",
          gone.size()
              + " staged files vanished before they were published, such as "
              + load.store().display(gone.iterator().next())
              + ". The next attempt reads their rows again; look for a rule that removes"
              + " unfinished uploads.",
          "gone: " + gone,
          null);
    }
  }

  /** A stream without rows is a file without rows, so that readers find its columns. */
  private DataFile publishEmpty() throws InterruptedException {
    try (StagingStream stream =
        load.store().stage(load.folder().staging(load.plan()), load.emptyKey())) {
      try (FormatWriter writer =
          Formats.open(
              load.settings().format(),
              stream,
              load.plan().schema(),
              load.settings().metadataColumns())) {
        writer.finish();
      }
      StagedObject staged = stream.seal();
      DataFile file = new DataFile(staged, 0);
      publishAll(List.of(file));
      return file;
    } catch (IOException e) {
      throw new SystemException(
          "file_failed",
          "A file could not be written (" + ConnectorException.outside(e.getMessage()) + ").",
          String.valueOf(e),
          e);
    }
  }
}
