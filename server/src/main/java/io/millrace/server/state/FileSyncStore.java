package io.millrace.server.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pipeline remembers, in the files of its {@link StateFolder}.
 *
 * <p>A kill of the process at any moment leaves each file as it was or as it was to be. Files are
 * not forced to disk one by one: after a loss of power a stream may know its last state but one,
 * never one that is ahead of its data, because rows are durable before their state is saved.
 */
public final class FileSyncStore implements SyncStore, AutoCloseable {
  private static final String LAST = "last_sync";
  private static final String ENDED = "ended_sync";

  private final StateFolder folder;
  private final Clock clock;
  private final StreamFiles streams;
  private final QuarantineFiles quarantine;
  private final @Nullable ProcessLock lock;

  private FileSyncStore(StateFolder folder, Clock clock, @Nullable ProcessLock lock) {
    this.folder = folder;
    this.clock = clock;
    this.streams = new StreamFiles(folder, clock);
    this.quarantine = new QuarantineFiles(folder);
    this.lock = lock;
  }

  /**
   * Opens the store for this process alone, until it is closed.
   *
   * @throws io.millrace.spi.ConfigException when another process has it, or the folder cannot be
   *     written
   */
  public static FileSyncStore open(StateFolder folder, Clock clock) {
    FileSyncStore store = new FileSyncStore(folder, clock, lock(folder));
    store.keepOutOfGit();
    return store;
  }

  /** Returns a view that reads beside a running sync, changes nothing and makes no folder. */
  public static FileSyncStore reading(StateFolder folder, Clock clock) {
    return new FileSyncStore(folder, clock, null);
  }

  /** Returns the names of the pipelines with state in a folder, or nothing where there is none. */
  public static Optional<String> pipelinesIn(Path parent) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path folder : folders) {
        ObjectNode json = StateFiles.read(new StateFolder("", folder).connection());
        if (json != null) {
          names.add(json.path("pipeline").asText());
        }
      }
    } catch (IOException | ConnectorException e) {
      return Optional.empty();
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", names.stream().sorted().toList()));
  }

  /** Returns where the files lie. */
  public StateFolder folder() {
    return folder;
  }

  /**
   * Returns which syncs began and ended. Before the first sync that is a number of today rather
   * than zero: where a state was lost or deleted, ids must not come again, because the destination
   * remembers syncs by them.
   */
  @Override
  public ConnectionMemory connection() {
    @Nullable ObjectNode json = StateFiles.read(folder.connection());
    if (json == null) {
      long today = clock.instant().getEpochSecond();
      return new ConnectionMemory(today, today);
    }
    return new ConnectionMemory(json.path(LAST).asLong(), json.path(ENDED).asLong());
  }

  @Override
  public void saveConnection(ConnectionMemory memory) {
    requireOpen();
    ObjectNode json = StateFiles.object();
    json.put("pipeline", folder.pipeline());
    json.put(LAST, memory.lastSyncId());
    json.put(ENDED, memory.endedSyncId());
    StateFiles.write(folder.connection(), json);
  }

  @Override
  public @Nullable StreamMemory stream(StreamName name) {
    return streams.read(name);
  }

  @Override
  public void saveStream(StreamMemory memory) {
    requireOpen();
    streams.write(memory);
  }

  @Override
  public List<StreamMemory> streams() {
    return streams.readAll();
  }

  @Override
  public void quarantine(List<QuarantinedRow> rows) {
    requireOpen();
    quarantine.add(rows);
  }

  /** Returns every kept version of a stream's state, oldest first. */
  public List<StreamHistory.Version> history(StreamName name) {
    return new StreamHistory(folder.history(name)).versions();
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  private static ProcessLock lock(StateFolder folder) {
    return ProcessLock.take(
        folder.lock(),
        process ->
            new ConfigException(
                "pipeline_busy",
                "Pipeline "
                    + folder.pipeline()
                    + " is being synced by process "
                    + process
                    + " already. Wait until it ends, or stop it."));
  }

  private void requireOpen() {
    if (lock == null) {
      throw new IllegalStateException("The store is open for reading only.");
    }
  }

  /** State belongs to a machine: the folder excludes itself from version control. */
  private void keepOutOfGit() {
    Path parent = folder.root().getParent();
    if (parent != null && parent.endsWith(StateFolder.DEFAULT_PARENT)) {
      Path ignore = parent.resolve(".gitignore");
      if (!Files.exists(ignore)) {
        StateFiles.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
