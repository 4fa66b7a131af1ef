package io.millrace.engine;

import io.millrace.engine.run.PlanRun;
import io.millrace.engine.run.SyncRun;
import io.millrace.spi.StreamName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Predicate;

/**
 * Runs syncs. Holds nothing between them, so one engine serves any number, also at once.
 *
 * <p>Order of calls: {@link #sync}, then, when its summary is where people see it, {@link
 * #conclude}. A sync that was not concluded is open: the next call of {@link #sync} goes on with
 * it.
 */
public final class SyncEngine {
  private final EngineSettings settings;
  private final Clock clock;
  private final Pause pause;
  private final Path tempDirectory;

  /**
   * Makes an engine.
   *
   * @param settings its bounds
   * @param clock the only source of time
   * @param pause how it waits
   * @param tempDirectory where connectors get folders for temporary files
   */
  public SyncEngine(EngineSettings settings, Clock clock, Pause pause, Path tempDirectory) {
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
    this.tempDirectory = tempDirectory;
  }

  /**
   * Runs a sync to its end, or goes on with the one that is open. Blocks.
   *
   * @throws io.millrace.spi.ConnectorException when nothing could begin: the source or destination
   *     cannot be reached, a stream, cursor, key or column that the spec names does not exist
   */
  public SyncSummary sync(
      SyncSpec spec, SyncStore store, SyncListener listener, Cancellation cancellation) {
    return new SyncRun(spec, settings, clock, pause, store, listener, cancellation)
        .run(tempDirectory);
  }

  /** Ends the sync of this summary, unless it was cancelled: then it stays open. */
  public void conclude(SyncStore store, SyncSummary summary) {
    if (summary.status() != SyncStatus.CANCELLED) {
      store.saveConnection(new ConnectionMemory(summary.syncId(), summary.syncId()));
    }
  }

  /**
   * Ends the sync that is open, whatever it came to. Between syncs. Streams that it finished are
   * read by the next sync anew; those it did not finish go on where they are.
   */
  public void end(SyncStore store) {
    ConnectionMemory memory = store.connection();
    if (memory.open()) {
      store.saveConnection(new ConnectionMemory(memory.lastSyncId(), memory.lastSyncId()));
    }
  }

  /**
   * Forgets the unfinished reads of streams, so that the next sync begins them anew. Between syncs.
   *
   * @param alsoStates forgets where they are, too: they are read from their beginning, as a new
   *     generation of the target's data
   */
  public void forget(SyncStore store, Predicate<StreamName> streams, boolean alsoStates) {
    for (StreamMemory memory : store.streams()) {
      if (streams.test(memory.name())) {
        store.saveStream(alsoStates ? memory.begunAnew() : memory.withoutRead());
      }
    }
  }

  /**
   * Tells what a sync would do; changes nothing.
   *
   * @throws io.millrace.spi.ConnectorException as {@link #sync} does
   */
  public SyncPreview plan(SyncSpec spec, SyncStore store) {
    return new PlanRun(spec, settings, clock, store).run(tempDirectory);
  }
}
