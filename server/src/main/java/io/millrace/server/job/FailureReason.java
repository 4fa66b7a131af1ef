package io.millrace.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed.
 *
 * @param origin which side failed
 * @param type who acts next
 * @param message one or two sentences for the user
 * @param internal the details for the log, without secrets; empty where there are none
 * @param stream the stream it is about, or null
 * @param at when
 */
public record FailureReason(
    Origin origin,
    Type type,
    String message,
    String internal,
    @Nullable StreamName stream,
    Instant at) {
  /** Which side failed; the wire has these names. */
  public enum Origin {
    SOURCE("source"),
    DESTINATION("destination"),
    REPLICATION("replication"),
    PLATFORM("airbyte_platform");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    /** Returns the API's name. */
    public String label() {
      return label;
    }
  }

  /** What kind of failure it is; the wire has these names. */
  public enum Type {
    /** The user must change something; trying again does not help. */
    CONFIG("config_error", false),
    TRANSIENT("transient_error", true),
    SYSTEM("system_error", true),
    CANCELLED("manual_cancellation", false),
    /** Nothing moved for too long. */
    NO_PROGRESS("heartbeat_timeout", true),
    /** The attempt took longer than its connection allows. */
    TIMEOUT("destination_timeout", true);

    private final String label;
    private final boolean retryable;

    Type(String label, boolean retryable) {
      this.label = label;
      this.retryable = retryable;
    }

    /** Returns the API's name. */
    public String label() {
      return label;
    }
  }

  /** Returns the API's {@code FailureReason}. */
  public ObjectNode json() {
    ObjectNode json =
        Documents.empty()
            .put("failureOrigin", origin.label)
            .put("failureType", type.label)
            .put("externalMessage", message)
            .put("internalMessage", internal)
            .put("retryable", type.retryable)
            .put("timestamp", at.toEpochMilli())
            .put("fromTraceMessage", false);
    if (stream != null) {
      json.set("streamDescriptor", StreamNames.descriptor(stream));
    }
    return json;
  }

  /** Reads {@link #json}. */
  public static FailureReason of(JsonNode json) {
    return new FailureReason(
        origin(json.path("failureOrigin").asText()),
        type(json.path("failureType").asText()),
        json.path("externalMessage").asText(),
        json.path("internalMessage").asText(),
        json.has("streamDescriptor") ? StreamNames.of(json.get("streamDescriptor")) : null,
        Instant.ofEpochMilli(json.path("timestamp").asLong()));
  }

  private static Origin origin(String label) {
    for (Origin origin : Origin.values()) {
      if (origin.label.equals(label)) {
        return origin;
      }
    }
    return Origin.PLATFORM;
  }

  private static Type type(String label) {
    for (Type type : Type.values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    return Type.SYSTEM;
  }
}
