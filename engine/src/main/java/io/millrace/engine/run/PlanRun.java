package io.millrace.engine.run;

import io.millrace.engine.Cancellation;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.engine.Pause;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncPreview;
import io.millrace.engine.SyncPreview.StreamPreview;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStore;
import io.millrace.engine.select.SelectedStream;
import io.millrace.engine.select.Selection;
import io.millrace.engine.select.StreamSelector;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Heartbeat;
import io.millrace.spi.Partition;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.TransientException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds out what a sync would do, and does nothing of it. Used once. */
public final class PlanRun {
  private final SyncSpec spec;
  private final EngineSettings settings;
  private final Clock clock;
  private final SyncStore store;

  public PlanRun(SyncSpec spec, EngineSettings settings, Clock clock, SyncStore store) {
    this.spec = spec;
    this.settings = settings;
    this.clock = clock;
    this.store = store;
  }

  /** Returns the preview; see {@link io.millrace.engine.SyncEngine#plan}. */
  public SyncPreview run(Path tempDirectory) {
    try (Connectors connectors =
        new Connectors(spec, settings, clock, tempDirectory, event -> {}, Heartbeat.NONE)) {
      SyncContext context = context(connectors);
      List<StreamPreview> previews = new ArrayList<>();
      Selection selection =
          new StreamSelector(spec, store, connectors.destination()).select(connectors.source());
      for (SelectedStream selected : selection.streams()) {
        previews.add(preview(context, selected));
      }
      return new SyncPreview(previews, selection.notices());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException(
          "interrupted", "The plan was interrupted; nothing was changed.", "interrupted", e);
    }
  }

  private SyncContext context(Connectors connectors) {
    return new SyncContext(
        spec,
        settings,
        clock,
        Pause.REAL,
        store,
        event -> {},
        new Cancellation(),
        connectors.source(),
        connectors.destination(),
        connectors.engineMemory(),
        new ReaderSlots(1),
        new FirstContact(),
        store.connection().lastSyncId() + 1,
        store.connection().endedSyncId());
  }

  private static StreamPreview preview(SyncContext context, SelectedStream selected)
      throws InterruptedException {
    try {
      if (selected.problem() != null) {
        throw selected.problem();
      }
      StreamMemories memories = new StreamMemories(context, selected);
      StreamMemory memory = memories.current();
      @Nullable StreamState state = memories.stateToBeginWith(memory);
      StreamPlan plan = context.source().plan(selected.stream(), state);
      List<String> writes =
          context
              .destination()
              .preview(
                  LoadPlans.of(
                      context,
                      selected,
                      memories.generationToBegin(memory),
                      context.syncId(),
                      plan.schema()));
      return new StreamPreview(
          selected.stream().name(),
          selected.target().display(),
          selected.stream().mode(),
          plan.partitions().stream().map(Partition::description).toList(),
          writes,
          sum(plan, Partition::estimatedRows),
          sum(plan, Partition::estimatedBytes),
          null);
    } catch (ConnectorException e) {
      return failed(selected, e);
    }
  }

  private static StreamPreview failed(SelectedStream selected, ConnectorException e) {
    return new StreamPreview(
        selected.stream().name(),
        selected.target().display(),
        selected.stream().mode(),
        List.of(),
        List.of(),
        -1,
        -1,
        Failure.of(e, Failure.Origin.SOURCE, Failure.Stage.PLAN));
  }

  private static long sum(StreamPlan plan, ToLongFunction<Partition> estimate) {
    long total = 0;
    for (Partition partition : plan.partitions()) {
      if (estimate.applyAsLong(partition) < 0) {
        return -1;
      }
      total += estimate.applyAsLong(partition);
    }
    return total;
  }
}
