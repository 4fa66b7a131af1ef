package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.HashMap;
import java.util.Map;

/** What sources offer, as they will be once a file is applied. Each is asked once at most. */
final class SourceLooks {
  private final WorkspaceApi api;
  private final Map<String, ObjectNode> questions = new HashMap<>();
  private final Map<String, JsonNode> found = new HashMap<>();

  SourceLooks(WorkspaceApi api) {
    this.api = api;
  }

  /** Remembers a source that stays as it is stored. */
  void stored(String name, String id) {
    questions.put(name, Documents.empty().put("sourceId", id));
  }

  /**
   * Remembers a source that will be made or changed.
   *
   * @param core its definition, its configuration and, where it is stored, its id
   */
  void planned(String name, ObjectNode core) {
    questions.put(name, core);
  }

  /** Forgets a source of which something is wrong. */
  void wrong(String name) {
    questions.remove(name);
  }

  /** Tells whether a source can be asked. */
  boolean has(String name) {
    return questions.containsKey(name);
  }

  /**
   * Returns the answer of a source that is remembered: its {@code catalog}.
   *
   * @throws ConfigException when it cannot tell its streams
   */
  JsonNode ask(String name) throws InterruptedException {
    JsonNode known = found.get(name);
    if (known == null) {
      ObjectNode question = questions.getOrDefault(name, Documents.empty());
      boolean planned = question.has("connectionConfiguration");
      String path = (planned ? "/scheduler" : "") + "/sources/discover_schema";
      known = api.call(path, question);
      found.put(name, known);
    }
    if (known.has("catalog")) {
      return known;
    }
    throw new ConfigException(
        "discover_failed",
        "The streams of "
            + name
            + " cannot be found: "
            + known.path("jobInfo").path("failureReason").path("externalMessage").asText("")
            + " Check the source.");
  }
}
