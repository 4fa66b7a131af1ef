package io.millrace.engine.run;

import io.millrace.engine.Cancellation;
import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.engine.OpenRead;
import io.millrace.engine.Pause;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncProgress;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStatus;
import io.millrace.engine.SyncStore;
import io.millrace.engine.SyncSummary;
import io.millrace.engine.select.SelectedStream;
import io.millrace.engine.select.Selection;
import io.millrace.engine.select.StreamSelector;
import io.millrace.spi.ConnectorException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Runs one sync: opens both sides, selects the streams, runs them, sums up. Used once. */
public final class SyncRun {
  private final SyncSpec spec;
  private final EngineSettings settings;
  private final Clock clock;
  private final Pause pause;
  private final FencedStore store;
  private final LongAdder heartbeats = new LongAdder();
  private final SyncListener listener;
  private final Cancellation cancellation;

  public SyncRun(
      SyncSpec spec,
      EngineSettings settings,
      Clock clock,
      Pause pause,
      SyncStore store,
      SyncListener listener,
      Cancellation cancellation) {
    this.spec = spec;
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
    this.store = new FencedStore(store);
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /** Runs the sync to its end; see {@link io.millrace.engine.SyncEngine#sync}. */
  public SyncSummary run(Path tempDirectory) {
    Instant began = clock.instant();
    try {
      Ran ran = runOpen(tempDirectory);
      return new SyncSummary(
          ran.syncId(),
          statusOf(ran.streams()),
          ran.streams(),
          Duration.between(began, clock.instant()));
    } catch (InterruptedException e) {
      return new SyncSummary(
          store.connection().lastSyncId(),
          SyncStatus.CANCELLED,
          List.of(),
          Duration.between(began, clock.instant()));
    } finally {
      store.end();
    }
  }

  /** What all streams came to, before both sides were closed. */
  private record Ran(long syncId, List<StreamSummary> streams) {}

  private Ran runOpen(Path tempDirectory) throws InterruptedException {
    Connectors connectors =
        new Connectors(spec, settings, clock, tempDirectory, listener, heartbeats::increment);
    List<StreamCounters> counters = new ArrayList<>();
    try (connectors) {
      connectors.warmUp();
      Selection selection = selectCancellably(connectors);
      List<SelectedStream> selected = selection.streams();
      ConnectionMemory before = store.connection();
      long syncId = goesOn(before, selected) ? before.lastSyncId() : before.lastSyncId() + 1;
      store.saveConnection(new ConnectionMemory(syncId, before.endedSyncId()));
      SyncContext context = context(connectors, syncId, before);
      selection.notices().forEach(notice -> context.tell(new SyncEvent.Noticed(notice)));
      return new Ran(syncId, runAll(context, selected, counters, before.open()));
    } finally {
      StreamCounters.closed(counters, connectors.destinationCloseNanos());
    }
  }

  /**
   * Tells whether the sync that is open goes on. Where one of its reads was begun under other
   * options, a new sync begins, because the destination drops what an earlier one left unpublished.
   * A stream that cannot be synced has none: its read stays where it is.
   */
  private boolean goesOn(ConnectionMemory before, List<SelectedStream> selected) {
    return before.open()
        && selected.stream().noneMatch(stream -> begunOtherwise(stream, before.lastSyncId()));
  }

  private boolean begunOtherwise(SelectedStream selected, long syncId) {
    @Nullable StreamMemory memory = store.stream(selected.descriptor().name());
    @Nullable OpenRead open = memory == null ? null : memory.open();
    return open != null
        && open.finished() == null
        && open.syncId() == syncId
        && selected.problem() == null
        && !open.options().equals(selected.signature());
  }

  private SyncContext context(Connectors connectors, long syncId, ConnectionMemory before) {
    return new SyncContext(
        spec,
        settings,
        clock,
        pause,
        store,
        listener,
        cancellation,
        connectors.source(),
        connectors.destination(),
        connectors.engineMemory(),
        new ReaderSlots(settings.readersAllowed()),
        new FirstContact(),
        syncId,
        before.endedSyncId());
  }

  private Selection selectCancellably(Connectors connectors) throws InterruptedException {
    AtomicReference<@Nullable Selection> selected = new AtomicReference<>();
    TaskScope scope = new TaskScope(settings.cancelWaitMax(), cancellation);
    scope.fork("select", () -> selected.set(select(connectors)));
    scope.join();
    if (cancellation.requested()) {
      throw new InterruptedException("cancelled before the streams were known");
    }
    return Objects.requireNonNull(selected.get(), "selection");
  }

  /** Selects the streams; a first contact that fails for now is tried again a few times. */
  private Selection select(Connectors connectors) throws InterruptedException {
    RetryPolicy policy = RetryPolicy.ofStart(settings);
    int retries = 0;
    while (true) {
      try {
        return new StreamSelector(spec, store, connectors.destination())
            .select(connectors.source());
      } catch (ConnectorException e) {
        Failure failure = Failure.of(e, Failure.Origin.SOURCE, Failure.Stage.DISCOVER);
        @Nullable Duration delay = policy.next(failure, retries++);
        if (delay == null || cancellation.requested()) {
          throw e;
        }
        pause.sleep(delay);
      }
    }
  }

  private List<StreamSummary> runAll(
      SyncContext context,
      List<SelectedStream> selected,
      List<StreamCounters> counters,
      boolean resumed)
      throws InterruptedException {
    for (SelectedStream stream : selected) {
      counters.add(
          new StreamCounters(
              stream.descriptor().name(),
              stream.descriptor().estimatedRows(),
              stream.descriptor().estimatedBytes()));
    }
    context.tell(new SyncEvent.Started(context.syncId(), resumed, progressOf(counters)));
    @Nullable StreamSummary[] summaries = new @Nullable StreamSummary[selected.size()];
    TaskScope scope = new TaskScope(settings.cancelWaitMax(), cancellation);
    Semaphore running = new Semaphore(settings.streamsMax());
    for (int i = 0; i < selected.size(); i++) {
      int index = i;
      scope.fork(
          selected.get(i).descriptor().name().display(),
          () -> {
            running.acquire();
            try {
              summaries[index] =
                  new StreamRun(context, selected.get(index), counters.get(index)).run();
            } finally {
              running.release();
            }
          });
    }
    joinAll(scope);
    return collect(selected, counters, summaries);
  }

  private void joinAll(TaskScope scope) throws InterruptedException {
    try {
      scope.join();
    } catch (InterruptedException e) {
      if (!cancellation.requested()) {
        cancellation.request();
      }
      scope.abort();
    }
  }

  private static List<StreamSummary> collect(
      List<SelectedStream> selected,
      List<StreamCounters> counters,
      @Nullable StreamSummary[] summaries) {
    List<StreamSummary> collected = new ArrayList<>();
    for (int i = 0; i < selected.size(); i++) {
      @Nullable StreamSummary summary = summaries[i];
      collected.add(
          summary != null ? summary : neverRan(selected.get(i), counters.get(i).snapshot()));
    }
    return collected;
  }

  private static StreamSummary neverRan(SelectedStream stream, StreamProgress progress) {
    return new StreamSummary(
        progress.stream(),
        StreamStatus.CANCELLED,
        stream.target().display(),
        Map.of(),
        progress.tally(),
        -1,
        Duration.ZERO,
        progress.time(),
        null);
  }

  private SyncStatus statusOf(List<StreamSummary> streams) {
    if (streams.stream().anyMatch(s -> s.status() == StreamStatus.CANCELLED)) {
      return SyncStatus.CANCELLED;
    }
    long succeeded = streams.stream().filter(s -> s.status() == StreamStatus.SUCCEEDED).count();
    if (succeeded == streams.size()) {
      return SyncStatus.SUCCEEDED;
    }
    return succeeded == 0 ? SyncStatus.FAILED : SyncStatus.PARTIAL;
  }

  private SyncProgress progressOf(List<StreamCounters> counters) {
    List<StreamCounters> all = List.copyOf(counters);
    return new SyncProgress() {
      @Override
      public List<StreamProgress> streams() {
        return all.stream().map(StreamCounters::snapshot).toList();
      }

      @Override
      public long heartbeats() {
        return heartbeats.sum();
      }
    };
  }
}
