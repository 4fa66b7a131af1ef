package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads where streams begin: an array of the protocol's state messages, one of them, or a line
 * each; with or without the envelope. The last of a stream counts.
 */
public final class StateFile {
  private static final String CODE = "state_invalid";

  private final String shown;
  private final AirbyteStates foreign;
  private final Map<StreamName, ReadState> states = new LinkedHashMap<>();

  private StateFile(String shown, AirbyteStates foreign) {
    this.shown = shown;
    this.foreign = foreign;
  }

  /**
   * Reads states.
   *
   * @param shown what users call the file, for messages
   * @param foreign reads the states that Airbyte's connector wrote
   * @throws ConfigException when a state is neither one of ours nor one of these
   */
  public static Map<StreamName, ReadState> read(byte[] json, String shown, AirbyteStates foreign) {
    StateFile file = new StateFile(shown, foreign);
    try (MappingIterator<JsonNode> values =
        ExactJson.MAPPER
            .readerFor(JsonNode.class)
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readValues(json)) {
      while (values.hasNextValue()) {
        file.take(values.nextValue());
      }
    } catch (JsonProcessingException e) {
      throw file.mistake("this is not JSON: " + ConnectorException.outside(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory cannot fail to be read.", e);
    }
    return file.states;
  }

  private void take(JsonNode json) {
    if (json.isArray()) {
      json.forEach(this::take);
      return;
    }
    JsonNode state = json.has("state") ? json.path("state") : json;
    if (json.has("type") && !json.has("state") && !json.has("stream") && !state.has("global")) {
      if (isOtherMessage(json)) {
        return;
      }
    }
    if (!state.path("stream").isObject()) {
      throw mistake(
          "only states of type STREAM can be read here, not "
              + state.path("type").asText("LEGACY")
              + ". Leave --state out to begin at the beginning");
    }
    JsonNode descriptor = state.path("stream").path("stream_descriptor");
    JsonNode namespace = descriptor.path("namespace");
    String name = descriptor.path("name").asText();
    if (name.isEmpty()) {
      throw mistake("a state does not say its stream's name");
    }
    StreamName stream = new StreamName(namespace.isTextual() ? namespace.textValue() : null, name);
    try {
      states.put(stream, ReadState.decode(state.path("stream").path("stream_state"), foreign));
    } catch (IllegalArgumentException e) {
      throw mistake(
          "the state of stream "
              + stream.display()
              + " was not written by Millrace ("
              + e.getMessage()
              + "), nor is it one of Airbyte's that this source can go on from. Leave it out to read the stream from its beginning");
    }
  }

  /**
   * Messages of other types may stand between states: what a read printed can be passed as it is.
   */
  private static boolean isOtherMessage(JsonNode json) {
    return switch (json.path("type").asText()) {
      case "RECORD", "LOG", "TRACE", "CONTROL" -> true;
      default -> false;
    };
  }

  private ConfigException mistake(String sentence) {
    return new ConfigException(CODE, shown + ": " + sentence + ".");
  }
}
