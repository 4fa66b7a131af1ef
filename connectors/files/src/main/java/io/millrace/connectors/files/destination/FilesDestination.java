package io.millrace.connectors.files.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.connectors.files.store.BeatingStore;
import io.millrace.connectors.files.store.ObjectStore;
import io.millrace.connectors.files.store.StagedObject;
import io.millrace.connectors.files.store.StagingArea;
import io.millrace.connectors.files.store.StagingStream;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SystemException;
import io.millrace.spi.TableLayout;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Streams as files in a store, which is opened when first needed. */
final class FilesDestination implements Destination {
  private static final int FOREIGN_NAMED_MAX = 3;

  /** Bytes as they come from a source, for a byte in a file that is encoded or compressed. */
  private static final int SOURCE_BYTES_PER_BYTE = 2;

  private final Supplier<ObjectStore> opener;
  private final FileSettings settings;
  private final ConnectorContext context;
  private @Nullable ObjectStore store;
  private boolean closed;

  FilesDestination(Supplier<ObjectStore> opener, FileSettings settings, ConnectorContext context) {
    this.opener = opener;
    this.settings = settings;
    this.context = context;
  }

  @Override
  public void check() throws InterruptedException {
    String folder = settings.path().fixedRoot() + StreamFolder.CONTROL + "/";
    String unique = "check-" + UUID.randomUUID();
    byte[] content = unique.getBytes(UTF_8);
    String key = folder + unique;
    store().put(key, content);
    byte[] found = store().read(key);
    StagedObject staged = stage(new StagingArea(folder, folder, unique), key + ".staged", content);
    store().discard(staged);
    store().delete(List.of(key));
    if (!Arrays.equals(found, content)) {
      throw new SystemException(
          "store_forgets", store().display(key) + " was written and read back as something else.");
    }
  }

  private StagedObject stage(StagingArea area, String key, byte[] content)
      throws InterruptedException {
    try (StagingStream stream = store().stage(area, key)) {
      stream.write(content);
      return stream.seal();
    } catch (IOException e) {
      throw new SystemException(
          "file_failed", "Could not write " + store().display(key) + ".", String.valueOf(e), e);
    }
  }

  @Override
  public DestinationTraits traits() {
    return new DestinationTraits(
        Set.of(WriteMode.APPEND, WriteMode.OVERWRITE),
        TableLayout.TYPED,
        settings.metadataColumns(),
        null,
        Set.of(),
        SOURCE_BYTES_PER_BYTE * settings.fileBytesTarget());
  }

  @Override
  public TargetName identify(TargetName wanted) {
    String namespace = wanted.namespace();
    TargetName safe =
        new TargetName(
            namespace == null || namespace.isEmpty() ? null : SafeNames.part(namespace),
            settings.path().safeName(wanted.name()),
            wanted.identity());
    return new TargetName(safe.namespace(), safe.name(), settings.path().pattern(safe));
  }

  @Override
  public TargetName distinguish(TargetName target, String mark) {
    return identify(
        TargetName.wanted(target.namespace(), settings.path().distinguished(target.name(), mark)));
  }

  @Override
  public String describe(TargetName target) {
    return store().display(StreamFolder.shown(settings.path(), target));
  }

  @Override
  public List<String> preview(LoadPlan plan) throws InterruptedException {
    requireMode(plan);
    Load load = Load.of(store(), plan, settings, context.clock());
    Manifest manifest = load.readManifest();
    List<String> lines = new ArrayList<>();
    lines.add(
        "write *"
            + settings.extension()
            + " files of about "
            + (settings.fileBytesTarget() >> 20)
            + " MB to "
            + store().display(settings.path().pattern(plan.target())));
    if (plan.writeMode() == WriteMode.OVERWRITE) {
      requireNoForeignFiles(load, manifest);
      lines.add("then remove the " + manifest.files().size() + " files that are there now");
    }
    lines.add("name the files in " + store().display(load.folder().manifest()));
    return lines;
  }

  @Override
  public StreamLoader open(LoadPlan plan) throws InterruptedException {
    requireMode(plan);
    Load load = Load.of(store(), plan, settings, context.clock());
    if (plan.writeMode() == WriteMode.OVERWRITE) {
      Manifest manifest = load.readManifest();
      requireNoForeignFiles(load, manifest);
      tellOfOthers(load, manifest);
    }
    FilesLoader loader = new FilesLoader(load);
    loader.recover();
    return loader;
  }

  private void requireMode(LoadPlan plan) {
    if (!traits().writeModes().contains(plan.writeMode())) {
      throw new ConfigException(
          "mode_unsupported",
          "Files can be appended or overwritten, but rows in them cannot be merged by key. Choose"
              + " full_refresh_overwrite, full_refresh_append or incremental_append for "
              + plan.stream().display()
              + ".");
    }
  }

  /** Whose files the manifest names beside ours is told, because they are replaced with ours. */
  private void tellOfOthers(Load load, Manifest manifest) {
    List<String> others =
        manifest.syncs().keySet().stream().filter(name -> !name.equals(load.pipeline())).toList();
    if (others.isEmpty()) {
      return;
    }
    context
        .notices()
        .accept(
            new Notice(
                "folder_shared",
                load.plan().stream(),
                "The folder "
                    + store().display(load.folder().root())
                    + " was also written by "
                    + ConnectorException.outside(String.join(", ", others))
                    + ": this overwrite replaces those files too. Choose another path where both"
                    + " are to stay."));
  }

  /** An overwrite must not mix with files that are not ours, and may not remove them. */
  private void requireNoForeignFiles(Load load, Manifest manifest) throws InterruptedException {
    if (!load.folder().own()) {
      return;
    }
    List<String> foreign = new ArrayList<>();
    String root = load.folder().root();
    String mark = StreamFolder.mark(load.plan());
    store()
        .list(
            root,
            object -> {
              String key = object.key();
              if (FileNames.isData(key.substring(root.length()))
                  && !FileNames.isMarked(key, mark)
                  && !manifest.files().containsKey(key)) {
                foreign.add(key.substring(root.length()));
              }
            });
    if (!foreign.isEmpty()) {
      throw new ConfigException(
          "folder_not_ours",
          "The folder "
              + store().display(root)
              + " holds "
              + foreign.size()
              + " data files that this pipeline's stream did not write, such as "
              + String.join(", ", foreign.subList(0, Math.min(FOREIGN_NAMED_MAX, foreign.size())))
              + ". Move them, or choose another path.");
    }
  }

  private synchronized ObjectStore store() {
    if (closed) {
      throw new IllegalStateException("The destination is closed.");
    }
    if (store == null) {
      store = new BeatingStore(opener.get(), context.heartbeat());
    }
    return store;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
