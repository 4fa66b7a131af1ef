package io.millrace.server.output;

import io.millrace.engine.SyncPreview;
import io.millrace.engine.SyncPreview.StreamPreview;
import io.millrace.spi.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a sync would do, for people and for machines. */
public final class PreviewText {
  private static final int ACTIONS_MAX = 12;

  private final String pipeline;
  private final SyncPreview preview;

  /** Shows the preview of a pipeline. */
  public PreviewText(String pipeline, SyncPreview preview) {
    this.pipeline = pipeline;
    this.preview = preview;
  }

  /** Returns the lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        pipeline + ": " + Humans.plural(preview.streams().size(), "stream") + ", nothing changed");
    for (StreamPreview stream : preview.streams()) {
      lines.add("");
      lines.add(
          stream.stream().display() + " -> " + stream.target() + "  " + stream.mode().label());
      if (stream.failure() != null) {
        lines.add("  cannot be planned: " + stream.failure().message());
        continue;
      }
      lines.add("  " + estimate(stream));
      actions(lines, "reads", stream.reads());
      actions(lines, "writes", stream.writes());
    }
    if (!preview.notices().isEmpty()) {
      lines.add("");
      preview.notices().forEach(notice -> lines.add("Warning: " + notice.message()));
    }
    return lines;
  }

  /** Returns plain values for one line of JSON. */
  public Map<String, Object> json() {
    List<Object> streams = new ArrayList<>();
    for (StreamPreview stream : preview.streams()) {
      Map<String, Object> json = new LinkedHashMap<>();
      SummaryJson.name(json, stream.stream());
      json.put("target", stream.target());
      json.put("sync_mode", stream.mode().label());
      json.put("estimated_rows", stream.estimatedRows() < 0 ? null : stream.estimatedRows());
      json.put("estimated_bytes", stream.estimatedBytes() < 0 ? null : stream.estimatedBytes());
      json.put("reads", stream.reads());
      json.put("writes", stream.writes());
      json.put(
          "error",
          stream.failure() == null
              ? null
              : Map.of("code", stream.failure().code(), "message", stream.failure().message()));
      streams.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "plan");
    json.put("pipeline", pipeline);
    json.put("streams", streams);
    json.put("notices", preview.notices().stream().map(PreviewText::notice).toList());
    return json;
  }

  private static Map<String, Object> notice(Notice notice) {
    Map<String, Object> json = new LinkedHashMap<>();
    SummaryJson.name(json, notice.stream());
    json.put("code", notice.code());
    json.put("message", notice.message());
    return json;
  }

  private static String estimate(StreamPreview stream) {
    String rows =
        stream.estimatedRows() < 0
            ? "an unknown number of rows"
            : "about " + Humans.plural(stream.estimatedRows(), "row");
    return stream.estimatedBytes() < 0
        ? rows
        : rows + ", about " + Humans.bytes(stream.estimatedBytes());
  }

  private static void actions(List<String> lines, String title, List<String> actions) {
    if (actions.isEmpty()) {
      lines.add("  " + title + " nothing");
      return;
    }
    lines.add("  " + title + ":");
    actions.stream()
        .limit(ACTIONS_MAX)
        .forEach(action -> action.lines().forEach(line -> lines.add("    " + line)));
    if (actions.size() > ACTIONS_MAX) {
      lines.add("    ... and " + (actions.size() - ACTIONS_MAX) + " more");
    }
  }
}
