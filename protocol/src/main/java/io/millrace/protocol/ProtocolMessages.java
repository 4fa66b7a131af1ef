package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.spi.config.ConfigSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The short messages of the protocol. Each method writes one. */
public final class ProtocolMessages {
  private static final String PROTOCOL_VERSION = "0.3.2";

  private final MessageWriter writer;

  /** Writes through the writer. */
  public ProtocolMessages(MessageWriter writer) {
    this.writer = writer;
  }

  /** Writes the SPEC of a connector. */
  public void spec(ConnectorDefinition<?> connector) {
    writer.message(
        "SPEC",
        json -> {
          json.writeObjectFieldStart("spec");
          json.writeStringField("protocol_version", PROTOCOL_VERSION);
          json.writePOJOField("connectionSpecification", ConfigSpec.of(connector).jsonSchema());
          switch (connector) {
            case SourceDefinition<?> ignored -> json.writeBooleanField("supportsIncremental", true);
            case DestinationDefinition<?> ignored -> destinationModes(json);
          }
          json.writeEndObject();
        });
  }

  private static void destinationModes(JsonGenerator json) throws IOException {
    json.writeBooleanField("supportsIncremental", true);
    json.writeArrayFieldStart("supported_destination_sync_modes");
    json.writeString("overwrite");
    json.writeString("append");
    json.writeString("append_dedup");
    json.writeEndArray();
  }

  /** Writes that the configuration works. */
  public void connectionSucceeded() {
    writer.message(
        "CONNECTION_STATUS",
        json -> {
          json.writeObjectFieldStart("connectionStatus");
          json.writeStringField("status", "SUCCEEDED");
          json.writeEndObject();
        });
  }

  /** Writes that the configuration does not work, and why. */
  public void connectionFailed(String message) {
    writer.message(
        "CONNECTION_STATUS",
        json -> {
          json.writeObjectFieldStart("connectionStatus");
          json.writeStringField("status", "FAILED");
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }

  /** Writes a failure, of one stream or of the whole command. */
  public void error(ConnectorException failure, @Nullable StreamName stream) {
    trace(
        "ERROR",
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("message", failure.userMessage());
          json.writeStringField("internal_message", failure.code());
          json.writeStringField("failure_type", failureType(failure));
          if (stream != null) {
            descriptor(json, stream);
          }
          json.writeEndObject();
        });
  }

  /** Writes a guess of what a stream holds; a negative number stands for: unknown. */
  public void estimate(StreamName stream, long rows, long bytes) {
    trace(
        "ESTIMATE",
        json -> {
          json.writeObjectFieldStart("estimate");
          json.writeStringField("type", "STREAM");
          json.writeStringField("name", stream.name());
          if (stream.namespace() != null) {
            json.writeStringField("namespace", stream.namespace());
          }
          if (rows >= 0) {
            json.writeNumberField("row_estimate", rows);
          }
          if (bytes >= 0) {
            json.writeNumberField("byte_estimate", bytes);
          }
          json.writeEndObject();
        });
  }

  /** What a stream does, in the protocol's words. */
  public enum StreamStatus {
    STARTED,
    RUNNING,
    COMPLETE,
    INCOMPLETE
  }

  /** Writes what a stream does. */
  public void streamStatus(StreamName stream, StreamStatus status) {
    trace(
        "STREAM_STATUS",
        json -> {
          json.writeObjectFieldStart("stream_status");
          descriptor(json, stream);
          json.writeStringField("status", status.name());
          json.writeEndObject();
        });
  }

  /** Answers a state: everything before it is durable; a negative count stands for: unknown. */
  void answer(ObjectNode message, long records, long rejected) {
    ObjectNode answer = ProtocolWrite.withStats(message, records, rejected);
    writer.message("STATE", json -> json.writePOJOField("state", answer.path("state")));
  }

  /** Writes a line for the log. */
  public void log(String level, String message) {
    writer.message(
        "LOG",
        json -> {
          json.writeObjectFieldStart("log");
          json.writeStringField("level", level);
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }

  /** Writes a stream's name as the field {@code stream_descriptor}. */
  static void descriptor(JsonGenerator json, StreamName stream) throws IOException {
    json.writeObjectFieldStart("stream_descriptor");
    json.writeStringField("name", stream.name());
    if (stream.namespace() != null) {
      json.writeStringField("namespace", stream.namespace());
    }
    json.writeEndObject();
  }

  private void trace(String type, MessageWriter.Body body) {
    writer.message(
        "TRACE",
        json -> {
          json.writeObjectFieldStart("trace");
          json.writeStringField("type", type);
          json.writeNumberField("emitted_at", writer.nowMillis());
          body.write(json);
          json.writeEndObject();
        });
  }

  private static String failureType(ConnectorException failure) {
    return switch (failure) {
      case ConfigException ignored -> "config_error";
      case TransientException ignored -> "transient_error";
      case OutcomeUnknownException ignored -> "transient_error";
      case SystemException ignored -> "system_error";
    };
  }
}
