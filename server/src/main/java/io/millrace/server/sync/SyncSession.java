package io.millrace.server.sync;

import io.millrace.engine.Cancellation;
import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Pause;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncSummary;
import io.millrace.server.log.LogFile;
import io.millrace.server.output.SecretMask;
import io.millrace.server.pipeline.Pipeline;
import io.millrace.server.state.FileSyncStore;
import io.millrace.server.state.StateEditor;
import io.millrace.server.state.StateFolder;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipeline's sync in this process: it holds the pipeline's lock and log while it is open.
 *
 * <p>Order of calls: {@link #open}, {@link #run}, then, when its summary is where people see it,
 * {@link #conclude}, {@link #close}.
 */
public final class SyncSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncSession.class);
  private static final String LOG_NAME = "sync";

  private final Pipeline pipeline;
  private final FileSyncStore store;
  private final LogFile log;
  private final SyncEngine engine;

  private SyncSession(Pipeline pipeline, FileSyncStore store, LogFile log, SyncEngine engine) {
    this.pipeline = pipeline;
    this.store = store;
    this.log = log;
    this.engine = engine;
  }

  /**
   * Takes the pipeline for this process.
   *
   * @param mask hides the pipeline's secrets
   * @param settings the bounds of the sync
   * @throws io.millrace.spi.ConnectorException when another process syncs it, or its folder cannot
   *     be written
   */
  public static SyncSession open(
      Pipeline pipeline,
      StateFolder folder,
      SecretMask mask,
      EngineSettings settings,
      Clock clock) {
    FileSyncStore store = FileSyncStore.open(folder, clock);
    LogFile log = LogFile.open(folder.logs(), LOG_NAME, mask::mask);
    TemporaryFiles.clear(folder.temporary());
    SyncEngine engine = new SyncEngine(settings, clock, Pause.REAL, folder.temporary());
    return new SyncSession(pipeline, store, log, engine);
  }

  /** Returns where the log of a pipeline is. */
  public static Path logFile(StateFolder folder) {
    return folder.logs().resolve(LOG_NAME + ".log");
  }

  /**
   * Runs the sync, or goes on with the one that is open. Blocks.
   *
   * @throws io.millrace.spi.ConnectorException when nothing could begin
   */
  public SyncSummary run(SyncListener listener, Cancellation cancellation) {
    LOG.atInfo()
        .addKeyValue("pipeline", pipeline.name())
        .addKeyValue("source", pipeline.source().connector().info().name())
        .addKeyValue("destination", pipeline.destination().connector().info().name())
        .log("sync_begins");
    try {
      seed();
      SyncSummary summary = engine.sync(pipeline.spec(), store, listener, cancellation);
      LOG.atInfo()
          .addKeyValue("sync", summary.syncId())
          .addKeyValue("status", summary.status().label())
          .addKeyValue("millis", summary.duration().toMillis())
          .log("sync_ended");
      return summary;
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("sync_failed");
      throw e;
    }
  }

  /** Ends the sync whose summary has been shown. */
  public void conclude(SyncSummary summary) {
    engine.conclude(store, summary);
  }

  @Override
  public void close() {
    TemporaryFiles.clear(store.folder().temporary());
    log.close();
    store.close();
  }

  /** Puts states that were said explicitly in place of the remembered ones, between syncs. */
  private void seed() {
    ConnectionMemory connection = store.connection();
    if (!connection.open()) {
      pipeline.states().forEach(this::seed);
    }
  }

  private void seed(StreamName name, StreamState state) {
    StreamMemory memory = store.stream(name);
    if (memory != null) {
      store.saveStream(memory.withState(state).withOpen(null));
      return;
    }
    store.saveStream(StateEditor.unsynced(name, state));
  }
}
