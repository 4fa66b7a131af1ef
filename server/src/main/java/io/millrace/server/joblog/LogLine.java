package io.millrace.server.joblog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a job's log.
 *
 * @param at when
 * @param level how important
 * @param source who says it: {@code platform}, {@code source} or {@code destination}
 * @param message what, without secrets
 * @param caller the class that says it
 * @param thread the thread it was said on
 * @param stackTrace of an exception, or null
 */
public record LogLine(
    Instant at,
    Level level,
    String source,
    String message,
    String caller,
    String thread,
    @Nullable String stackTrace) {
  /** How important a line is; each includes those after it in a search. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** Returns the API's name. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MESSAGE_CHARS_MAX = 8 << 10;
  private static final int STACK_CHARS_MAX = 16 << 10;

  public LogLine {
    message = cut(message, MESSAGE_CHARS_MAX);
    stackTrace = stackTrace == null ? null : cut(stackTrace, STACK_CHARS_MAX);
  }

  /** Returns the line for people: {@code 2026-11-28 13:00:00 platform > message}. */
  public String text() {
    String time = at.toString().substring(0, 19).replace('T', ' ');
    String shown = level == Level.INFO ? "" : level + " ";
    String text = time + " " + source + " > " + shown + message;
    return stackTrace == null ? text : text + "\n" + stackTrace;
  }

  /** Returns the line as the API's {@code LogEvent}, the form in which it is stored, too. */
  public ObjectNode json() {
    ObjectNode json = Documents.empty();
    json.put("timestamp", at.toEpochMilli());
    json.put("message", message);
    json.put("level", level.label());
    json.put("logSource", source);
    json.putObject("caller").put("className", caller).put("threadName", thread);
    if (stackTrace != null) {
      json.put("stackTrace", stackTrace);
    }
    return json;
  }

  /** Reads a stored line; nothing when a kill left half of one. */
  public static Optional<LogLine> read(String text) {
    try {
      JsonNode json = Documents.MAPPER.readTree(text);
      return Optional.of(
          new LogLine(
              Instant.ofEpochMilli(json.path("timestamp").asLong()),
              Level.valueOf(json.path("level").asText().toUpperCase(Locale.ROOT)),
              json.path("logSource").asText(),
              json.path("message").asText(),
              json.path("caller").path("className").asText(),
              json.path("caller").path("threadName").asText(),
              json.hasNonNull("stackTrace") ? json.get("stackTrace").asText() : null));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "… (cut)";
  }
}
