package io.millrace.engine.run;

import static io.millrace.engine.Failure.Origin.DESTINATION;
import static io.millrace.engine.Failure.Origin.ENGINE;
import static io.millrace.engine.Failure.Origin.SOURCE;

import io.millrace.engine.Failure;
import io.millrace.engine.Failure.Stage;
import io.millrace.engine.OpenRead;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamStatus;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.mapper.Mapping;
import io.millrace.engine.select.SelectedStream;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream's way through a sync: plan or go on, load, publish, remember; again after a failure
 * that may pass. Used by one thread.
 */
final class StreamRun {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);

  private final SyncContext context;
  private final SelectedStream selected;
  private final ConfiguredStream stream;
  private final StreamCounters counters;
  private final RetryPolicy startPolicy;
  private final RetryPolicy streamPolicy;
  private final StreamMemories memories;
  private final Instant began;
  private TargetDescription target;
  private long rowsPublished = -1;

  StreamRun(SyncContext context, SelectedStream selected, StreamCounters counters) {
    this.context = context;
    this.selected = selected;
    this.stream = selected.stream();
    this.counters = counters;
    this.startPolicy = RetryPolicy.ofStart(context.settings());
    this.streamPolicy = RetryPolicy.ofStream(context.settings());
    this.memories = new StreamMemories(context, selected);
    this.began = context.clock().instant();
    this.target = new TargetDescription(described(context, selected), Map.of());
  }

  /** A destination that cannot even name its target says so when it is to be opened. */
  private static String described(SyncContext context, SelectedStream selected) {
    try {
      return context.destination().describe(selected.target());
    } catch (ConnectorException e) {
      return selected.target().display();
    }
  }

  /** Runs the stream to its end. Never throws for what the stream itself meets. */
  StreamSummary run() {
    counters.status(StreamStatus.RUNNING);
    context.tell(new SyncEvent.StreamStarted(stream.name(), target.fullName()));
    StreamSummary summary = runToEnd();
    tellOfNulledValues();
    counters.status(summary.status());
    log(summary);
    context.tell(new SyncEvent.StreamEnded(summary));
    return summary;
  }

  private StreamSummary runToEnd() {
    StreamRetries retries = new StreamRetries();
    while (true) {
      try {
        refuseProblem();
        attempt();
        return summary(StreamStatus.SUCCEEDED, null);
      } catch (InterruptedException e) {
        return summary(StreamStatus.CANCELLED, null);
      } catch (StageException e) {
        if (context.cancellation().requested()) {
          return summary(StreamStatus.CANCELLED, null);
        }
        RetryPolicy policy = context.firstContact().made() ? streamPolicy : startPolicy;
        @Nullable Duration delay = retries.next(policy, e.failure(), counters.durableProgress());
        if (delay == null || !waited(e.failure(), retries.number(), delay)) {
          return ended(e.failure());
        }
      } catch (RuntimeException e) {
        return ended(Failure.of(e, ENGINE, Stage.MAP));
      }
    }
  }

  private StreamSummary ended(Failure failure) {
    if (context.cancellation().requested()) {
      return summary(StreamStatus.CANCELLED, null);
    }
    return summary(StreamStatus.FAILED, failure);
  }

  private boolean waited(Failure failure, int attempt, Duration delay) {
    LOG.atWarn()
        .addKeyValue("stream", stream.name().display())
        .addKeyValue("code", failure.code())
        .addKeyValue("attempt", attempt)
        .addKeyValue("delay_ms", delay.toMillis())
        .setCause(failure.cause())
        .log("stream_retrying");
    context.tell(new SyncEvent.Retrying(stream.name(), failure, attempt, delay));
    try {
      context.pause().sleep(delay);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void refuseProblem() throws InterruptedException {
    @Nullable ConfigException problem = selected.problem();
    if (problem != null) {
      StageException.at(
          SOURCE,
          Stage.PLAN,
          () -> {
            throw problem;
          });
    }
  }

  private void attempt() throws InterruptedException {
    StreamMemory memory = memories.current();
    @Nullable OpenRead open = memory.open();
    if (open == null) {
      begin(memory);
    } else if (open.finished() != null) {
      counters.finishedEarlier(open.finished());
    } else {
      goOn(memory, open);
    }
  }

  private void begin(StreamMemory memory) throws InterruptedException {
    @Nullable StreamState state = memories.stateToBeginWith(memory);
    StreamPlan plan =
        StageException.at(SOURCE, Stage.PLAN, () -> context.source().plan(stream, state));
    if (plan.partitions().isEmpty() && memories.upToDate(memory, plan.schema())) {
      StreamState next =
          StageException.at(
              SOURCE, Stage.PLAN, () -> context.source().advance(stream, state, List.of()));
      memories.advance(memory, next);
      return;
    }
    StreamMemory begun = memories.begin(memory, state, plan);
    OpenRead open = memories.openOf(begun);
    try (StreamLoader loader = open(begun, open)) {
      load(begun, open, loader);
    }
  }

  private void goOn(StreamMemory memory, OpenRead open) throws InterruptedException {
    Continuation continuation = new Continuation(context, selected, memories);
    if (!open.options().equals(selected.signature())) {
      continuation.dropForOtherOptions(memory, open);
      begin(memories.current());
      return;
    }
    try (StreamLoader loader = open(memory, open)) {
      StreamMemory resumed = continuation.resume(memory, open, loader);
      OpenRead now = memories.openOf(resumed);
      if (now.schema().equals(open.schema())) {
        load(resumed, now, loader);
        return;
      }
    }
    StreamMemory changed = memories.current();
    OpenRead now = memories.openOf(changed);
    try (StreamLoader loader = open(changed, now)) {
      load(changed, now, loader);
    }
  }

  private StreamLoader open(StreamMemory memory, OpenRead open) throws InterruptedException {
    context.fence();
    StreamLoader loader =
        StageException.at(
            DESTINATION,
            Stage.OPEN,
            () -> context.destination().open(memories.loadPlan(memory, open)));
    target = loader.target();
    context.firstContact().make();
    return loader;
  }

  private void load(StreamMemory memory, OpenRead open, StreamLoader loader)
      throws InterruptedException {
    StreamAttempt attempt =
        new StreamAttempt(
            context,
            stream,
            open,
            Mapping.of(selected.mappers(), memories.schemaOf(open)),
            memory.generationId(),
            loader,
            counters);
    StreamLoad load = new StreamLoad(attempt);
    load.carryPartitions();
    rowsPublished = load.publish();
    memories.finish(memory, open, load);
  }

  private void tellOfNulledValues() {
    Map<String, Long> nulled = counters.nulled();
    if (nulled.isEmpty()) {
      return;
    }
    context.tell(
        new SyncEvent.Noticed(
            new Notice(
                "values_nulled",
                stream.name(),
                "Mappers could not handle values of stream "
                    + stream.name().display()
                    + " and made them null ("
                    + nulled.entrySet().stream()
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining(", "))
                    + "). Their rows say so in _airbyte_meta. A padding, or AES in place of RSA,"
                    + " takes values of any length.")));
  }

  private StreamSummary summary(StreamStatus status, @Nullable Failure failure) {
    Tally total = counters.total();
    return new StreamSummary(
        stream.name(),
        status,
        target.fullName(),
        target.renamedColumns(),
        total,
        rowsPublished,
        Duration.between(began, context.clock().instant()),
        counters.times(),
        failure);
  }

  private void log(StreamSummary summary) {
    Tally tally = summary.tally();
    LOG.atInfo()
        .addKeyValue("stream", stream.name().display())
        .addKeyValue("status", summary.status().label())
        .addKeyValue("rows_read", tally.rowsRead())
        .addKeyValue("rows_written", tally.rowsWritten())
        .addKeyValue("rows_filtered", tally.rowsFiltered())
        .addKeyValue("rows_quarantined", tally.rowsQuarantined())
        .addKeyValue("seconds", summary.duration().toMillis() / 1000.0)
        .setCause(summary.failure() == null ? null : summary.failure().cause())
        .log("stream_ended");
  }
}
