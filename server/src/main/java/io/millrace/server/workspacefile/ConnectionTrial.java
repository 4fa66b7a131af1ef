package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks sources and server whether the connections of a file can be as it says, before anything is
 * made: its streams are compared with what the source has, and the server looks at modes, fields
 * and mappers as it will when the connection is made.
 */
final class ConnectionTrial {
  /** How the server names a stream of a request. */
  private static final Pattern STREAM =
      Pattern.compile("syncCatalog\\.streams\\[(\\d+)]\\.(?:config|stream)\\.?");

  private final WorkspaceApi api;
  private final SourceLooks sources;
  private final Map<String, String> destinations;
  private final Problems problems;

  /**
   * Makes it.
   *
   * @param sources the sources that there will be
   * @param destinations the definition of each destination that there will be
   * @param problems hears of what is wrong
   */
  ConnectionTrial(
      WorkspaceApi api, SourceLooks sources, Map<String, String> destinations, Problems problems) {
    this.api = api;
    this.sources = sources;
    this.destinations = destinations;
    this.problems = problems;
  }

  /**
   * Tries a connection out; of one whose ends are wrong nothing can be said.
   *
   * @param entry with its source and its destination
   * @param id of the connection that would change, or null
   * @param streams whether its streams are new or change
   */
  void look(String name, ObjectNode entry, @Nullable String id, boolean streams)
      throws InterruptedException {
    String place = "connection " + name;
    String source = entry.path("source").asText();
    String destination = destinations.get(entry.path("destination").asText());
    if (destination == null || !sources.has(source)) {
      return;
    }
    problems.look(
        place,
        () -> {
          ObjectNode body = ConnectionBody.of(entry).put("destinationDefinitionId", destination);
          if (id != null) {
            body.put("connectionId", id);
          }
          List<String> sent = streams ? addStreams(body, place, entry, source) : List.of();
          validate(body, sent);
        });
  }

  private List<String> addStreams(ObjectNode body, String place, ObjectNode entry, String source)
      throws InterruptedException {
    JsonNode discovered = sources.ask(source).path("catalog").path("streams");
    ConnectionBody.addStreams(
        body, entry, discovered, missing -> problems.add(place, missing.userMessage()));
    List<String> sent = new ArrayList<>();
    body.path("syncCatalog")
        .path("streams")
        .forEach(one -> sent.add(one.path("stream").path("name").asText()));
    return sent;
  }

  private void validate(ObjectNode body, List<String> streams) throws InterruptedException {
    try {
      api.call("/connections/validate", body);
    } catch (ConfigException e) {
      String named =
          STREAM
              .matcher(e.userMessage())
              .replaceAll(found -> "stream " + name(streams, found) + ": ");
      throw new ConfigException(e.code(), named, e.internalMessage(), e);
    }
  }

  private static String name(List<String> streams, MatchResult found) {
    int index = Integer.parseInt(found.group(1));
    String name = index < streams.size() ? streams.get(index) : found.group(1);
    return name.replace("\\", "\\\\").replace("$", "\\$");
  }
}
