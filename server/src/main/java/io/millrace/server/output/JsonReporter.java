package io.millrace.server.output;

import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncProgress;
import io.millrace.engine.SyncStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Shows syncs to machines: stdout gets JSON lines and nothing else, the last one is always the
 * summary; the sentence of a failure also goes to stderr. Several pipelines have a line {@code
 * pipeline_summary} each, and one summary of all.
 */
public final class JsonReporter implements SyncReporter {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

  private final Console console;
  private final boolean several;
  private final List<Map<String, Object>> ended = new ArrayList<>();
  private final AtomicReference<@Nullable Ticker> ticker = new AtomicReference<>();

  /**
   * Makes a reporter.
   *
   * @param pipelines how many pipelines will come
   */
  public JsonReporter(Console console, int pipelines) {
    this.console = console;
    this.several = pipelines > 1;
  }

  @Override
  public SyncListener begin(RunInfo run) {
    return event -> on(run, event);
  }

  @Override
  public void end(RunInfo run, Outcome outcome) {
    stopProgress();
    Map<String, Object> summary =
        SummaryJson.of(several ? "pipeline_summary" : SummaryJson.SUMMARY, run, outcome);
    ended.add(summary);
    Sentences.of(outcome, run.mask()).forEach(console::errorLine);
    line(summary);
  }

  @Override
  public void close() {
    stopProgress();
    if (several) {
      line(summaryOfAll());
    }
  }

  private void on(RunInfo run, SyncEvent event) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (event) {
      case SyncEvent.Started started -> {
        json.put("type", "started");
        json.put("pipeline", run.pipeline());
        json.put("sync_id", started.syncId());
        json.put("resumed", started.resumed());
        json.put("streams", started.progress().streams().size());
        startProgress(run, started.progress());
      }
      case SyncEvent.StreamStarted started -> {
        json.put("type", "stream_started");
        SummaryJson.name(json, started.stream());
        json.put("target", started.target());
      }
      case SyncEvent.StreamEnded streamEnded -> {
        json.put("type", "stream_ended");
        json.putAll(SummaryJson.stream(streamEnded.summary(), run.mask()));
      }
      case SyncEvent.Retrying retrying -> {
        json.put("type", "retrying");
        SummaryJson.name(json, retrying.stream());
        json.put("code", retrying.failure().code());
        json.put("message", run.mask().mask(retrying.failure().message()));
        json.put("attempt", retrying.attempt());
        json.put("delay_seconds", SummaryJson.seconds(retrying.delay()));
      }
      case SyncEvent.Noticed noticed -> {
        json.put("type", "notice");
        SummaryJson.name(json, noticed.notice().stream());
        json.put("code", noticed.notice().code());
        json.put("message", run.mask().mask(noticed.notice().message()));
      }
    }
    line(json);
  }

  private void startProgress(RunInfo run, SyncProgress progress) {
    ticker.set(new Ticker(PROGRESS_INTERVAL, () -> progress(run, progress)));
  }

  private void stopProgress() {
    Ticker running = ticker.getAndSet(null);
    if (running != null) {
      running.close();
    }
  }

  private void progress(RunInfo run, SyncProgress progress) {
    List<Map<String, Object>> running = new ArrayList<>();
    for (StreamProgress stream : progress.streams()) {
      if (stream.status() == StreamStatus.RUNNING) {
        Map<String, Object> json = new LinkedHashMap<>();
        SummaryJson.name(json, stream.stream());
        SummaryJson.tally(json, stream.tally());
        json.put("estimated_rows", stream.estimatedRows() < 0 ? null : stream.estimatedRows());
        json.put("estimated_bytes", stream.estimatedBytes() < 0 ? null : stream.estimatedBytes());
        json.put("partitions", stream.partitions());
        json.put("partitions_done", stream.partitionsDone());
        running.add(json);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "progress");
    json.put("pipeline", run.pipeline());
    json.put("streams", running);
    line(json);
  }

  private Map<String, Object> summaryOfAll() {
    List<Object> streams = new ArrayList<>();
    double seconds = 0;
    Map<String, Object> json = new LinkedHashMap<>();
    for (Map<String, Object> one : ended) {
      if (one.get("streams") instanceof List<?> list) {
        streams.addAll(list);
      }
      seconds += one.get("seconds") instanceof Double took ? took : 0;
    }
    json.put("type", SummaryJson.SUMMARY);
    json.put("status", statusOfAll());
    json.put("streams", streams);
    json.put("seconds", seconds);
    json.put("peak_memory_bytes", ResidentMemory.peakBytes());
    ended.stream()
        .filter(one -> one.containsKey("error"))
        .findFirst()
        .ifPresent(one -> json.put("error", one.get("error")));
    return json;
  }

  private String statusOfAll() {
    List<Object> all = ended.stream().map(one -> one.get("status")).distinct().toList();
    if (all.contains(SyncStatus.CANCELLED.label())) {
      return SyncStatus.CANCELLED.label();
    }
    return all.size() == 1 ? String.valueOf(all.getFirst()) : SyncStatus.PARTIAL.label();
  }

  private void line(Map<String, Object> json) {
    console.line(Json.line(json));
  }
}
