package io.millrace.server.output;

import io.millrace.engine.Failure;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncStatus;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Summaries as plain values for JSON. */
public final class SummaryJson {
  /** The type of the line that always comes last. */
  public static final String SUMMARY = "summary";

  private static final double MILLIS_PER_SECOND = 1000.0;

  private SummaryJson() {}

  /** Returns the summary of a command that failed before any pipeline began. */
  public static Map<String, Object> failed(String code, String message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", SUMMARY);
    json.put("status", SyncStatus.FAILED.label());
    json.put("streams", List.of());
    json.put("seconds", 0.0);
    json.put("peak_memory_bytes", ResidentMemory.peakBytes());
    json.put("error", error(code, message));
    return json;
  }

  /** Returns the summary of a pipeline. */
  static Map<String, Object> of(String type, RunInfo run, Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type);
    json.put("pipeline", run.pipeline());
    json.put("status", outcome.status().label());
    List<Map<String, Object>> streams = new ArrayList<>();
    outcome.streams().forEach(stream -> streams.add(stream(stream, run.mask())));
    json.put("streams", streams);
    json.put("seconds", seconds(outcome.duration()));
    json.put("peak_memory_bytes", ResidentMemory.peakBytes());
    if (outcome.failure() != null) {
      json.put(
          "error",
          error(
              Outcome.codeOf(outcome.failure()),
              run.mask().mask(Outcome.messageOf(outcome.failure()))));
    }
    if (outcome.summary() != null) {
      json.put("sync_id", outcome.summary().syncId());
    }
    run.presentLog().ifPresent(file -> json.put("log", file.toString()));
    return json;
  }

  /** Returns what a stream came to. */
  static Map<String, Object> stream(StreamSummary summary, SecretMask mask) {
    Map<String, Object> json = new LinkedHashMap<>();
    name(json, summary.stream());
    json.put("status", summary.status().label());
    tally(json, summary.tally());
    json.put("seconds", seconds(summary.duration()));
    json.put("target", summary.target());
    json.put("renamed_columns", summary.renamedColumns());
    Failure failure = summary.failure();
    json.put("error", failure == null ? null : error(failure.code(), mask.mask(failure.message())));
    return json;
  }

  /** Adds a stream's name. */
  static void name(Map<String, Object> json, @Nullable StreamName stream) {
    json.put("namespace", stream == null ? null : stream.namespace());
    json.put("name", stream == null ? null : stream.name());
  }

  /** Adds counts. */
  static void tally(Map<String, Object> json, Tally tally) {
    json.put("rows_read", tally.rowsRead());
    json.put("rows_written", tally.rowsWritten());
    json.put("rows_filtered", tally.rowsFiltered());
    json.put("rows_quarantined", tally.rowsQuarantined());
    json.put("bytes_read", tally.bytesRead());
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }

  private static Map<String, Object> error(String code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    return error;
  }
}
