package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codec.JsonRowReader;
import io.millrace.protocol.ProtocolMessages.StreamStatus;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a line on stdin is. Keys may come in any order; a row's data are only found here,
 * not read. For one thread.
 */
final class InputParser {
  private @Nullable String type;
  private @Nullable String stream;
  private @Nullable String namespace;
  private long emittedAt;
  private int dataStart;
  private int dataEnd;

  /**
   * Returns the message of a line.
   *
   * @throws ConfigException when the line is no message that can be understood
   */
  InputMessage parse(byte[] bytes, int offset, int length) {
    type = null;
    stream = null;
    namespace = null;
    emittedAt = 0;
    dataStart = -1;
    dataEnd = -1;
    try (JsonParser parser = JsonRowReader.factory().createParser(bytes, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new InputMessage.Other();
      }
      envelope(parser, offset);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "message_invalid",
          "A line on stdin is not JSON: "
              + ConnectorException.outside(e.getOriginalMessage())
              + ".");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Bytes in memory cannot fail to be read.", e);
    }
    return switch (type == null ? "" : type) {
      case "RECORD" -> row();
      case "STATE" -> state(tree(bytes, offset, length));
      case "TRACE" -> trace(tree(bytes, offset, length));
      default -> new InputMessage.Other();
    };
  }

  private void envelope(JsonParser parser, int offset) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("type") && value == JsonToken.VALUE_STRING) {
        type = parser.getText();
      } else if (key.equals("record") && value == JsonToken.START_OBJECT) {
        record(parser, offset);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void record(JsonParser parser, int offset) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "stream" -> stream = parser.getText();
        case "namespace" -> namespace = value == JsonToken.VALUE_NULL ? null : parser.getText();
        case "emitted_at" -> emittedAt = value.isNumeric() ? parser.getLongValue() : 0;
        case "data" -> {
          // Locations count from the beginning of what the parser was given.
          dataStart = offset + (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          dataEnd = offset + (int) parser.currentLocation().getByteOffset();
        }
        default -> parser.skipChildren();
      }
    }
  }

  private InputMessage row() {
    if (stream == null || stream.isEmpty() || dataStart < 0) {
      throw new ConfigException(
          "message_invalid", "A RECORD on stdin has no stream or no data, so it belongs nowhere.");
    }
    return new InputMessage.Row(
        new StreamName(namespace == null || namespace.isEmpty() ? null : namespace, stream),
        emittedAt,
        dataStart,
        dataEnd - dataStart);
  }

  private static InputMessage state(ObjectNode message) {
    JsonNode descriptor = message.at("/state/stream/stream_descriptor");
    return new InputMessage.State(descriptor.isMissingNode() ? null : name(descriptor), message);
  }

  private static InputMessage trace(ObjectNode message) {
    JsonNode status = message.at("/trace/stream_status");
    if (!status.isObject()) {
      return new InputMessage.Other();
    }
    String word = status.path("status").asText().toUpperCase(Locale.ROOT);
    for (StreamStatus known : StreamStatus.values()) {
      if (known.name().equals(word)) {
        return new InputMessage.Status(name(status.path("stream_descriptor")), known);
      }
    }
    return new InputMessage.Other();
  }

  private static StreamName name(JsonNode descriptor) {
    String name = descriptor.path("name").asText();
    String namespace = descriptor.path("namespace").asText("");
    if (name.isEmpty()) {
      throw new ConfigException(
          "message_invalid", "A message on stdin does not say its stream's name.");
    }
    boolean none = namespace.isEmpty() || descriptor.path("namespace").isNull();
    return new StreamName(none ? null : namespace, name);
  }

  private static ObjectNode tree(byte[] bytes, int offset, int length) {
    try {
      return (ObjectNode) ExactJson.MAPPER.readTree(bytes, offset, length);
    } catch (IOException e) {
      throw new ConfigException(
          "message_invalid", "A line on stdin is not JSON.", String.valueOf(e.getMessage()), e);
    }
  }
}
