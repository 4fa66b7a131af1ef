package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One workspace of a server, through its API. */
public final class WorkspaceApi {
  private final ApiClient client;
  private final JsonNode workspace;

  private WorkspaceApi(ApiClient client, JsonNode workspace) {
    this.client = client;
    this.workspace = workspace;
  }

  /**
   * Opens a workspace.
   *
   * @param name its name or id; null where the server has one alone
   * @throws ConfigException when there is none, or several and no name
   */
  public static WorkspaceApi open(ApiClient client, @Nullable String name)
      throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (JsonNode one : client.post("/workspaces/list", Documents.empty()).path("workspaces")) {
      names.add(one.path("name").asText());
      boolean wanted =
          name == null
              || one.path("name").asText().equals(name)
              || one.path("workspaceId").asText().equals(name);
      if (wanted) {
        found.add(one);
      }
    }
    if (found.size() != 1) {
      throw new ConfigException(
          "workspace_unknown",
          (name == null
                  ? "The server has " + found.size() + " workspaces"
                  : "There is no workspace \"" + name + "\"")
              + "; name one with --workspace: "
              + String.join(", ", names)
              + ".");
    }
    return new WorkspaceApi(client, found.getFirst());
  }

  /** Returns the workspace as the API shows it. */
  public JsonNode workspace() {
    return workspace;
  }

  /** Returns the workspace's id. */
  public String id() {
    return workspace.path("workspaceId").asText();
  }

  /** Makes a call. */
  public JsonNode call(String path, ObjectNode body) throws InterruptedException {
    return client.post(path, body);
  }

  /** Returns a body that names the workspace. */
  public ObjectNode body() {
    return Documents.empty().put("workspaceId", id());
  }

  /**
   * Returns the sources or destinations by name.
   *
   * @throws ConfigException when two have one name: a file could not tell them apart
   */
  public Map<String, JsonNode> actors(Side side) throws InterruptedException {
    return byName(
        call("/" + side.label() + "s/list", body()).path(side.label() + "s"), side.label());
  }

  /** Returns the connections by name. */
  public Map<String, JsonNode> connections() throws InterruptedException {
    return byName(call("/connections/list", body()).path("connections"), "connection");
  }

  /** Returns the tags by name. */
  public Map<String, JsonNode> tags() throws InterruptedException {
    return byName(call("/tags/list", body()), "tag");
  }

  /** Returns the names of connectors ({@code source-postgres}) by definition id. */
  public Map<String, String> connectors(Side side) throws InterruptedException {
    Map<String, String> names = new TreeMap<>();
    String path = "/" + side.label() + "_definitions/list";
    for (JsonNode one : call(path, Documents.empty()).path(side.label() + "Definitions")) {
      String repository = one.path("dockerRepository").asText();
      String name = repository.substring(repository.lastIndexOf('/') + 1);
      names.put(one.path(side.label() + "DefinitionId").asText(), name);
    }
    return names;
  }

  /**
   * Returns the id of a connector's definition.
   *
   * @param connectors what {@link #connectors} returned
   * @param connector its name, or the id itself
   * @throws ConfigException when there is none
   */
  static String definition(Map<String, String> connectors, String connector) {
    for (Map.Entry<String, String> one : connectors.entrySet()) {
      if (one.getValue().equals(connector) || one.getKey().equals(connector)) {
        return one.getKey();
      }
    }
    throw new ConfigException(
        "unknown_connector",
        "The server has no connector \""
            + connector
            + "\""
            + Suggestion.of(connector, List.copyOf(connectors.values()))
            + ".");
  }

  private static Map<String, JsonNode> byName(JsonNode list, String kind) {
    Map<String, JsonNode> named = new TreeMap<>();
    for (JsonNode one : list) {
      String name = one.path("name").asText();
      JsonNode other = named.put(name, one);
      if (other != null) {
        String id = kind + "Id";
        throw new ConfigException(
            "name_twice",
            "The workspace has two "
                + kind
                + "s named \""
                + name
                + "\" ("
                + other.path(id).asText()
                + " and "
                + one.path(id).asText()
                + "); rename one, since a file tells them apart by name.");
      }
    }
    return named;
  }
}
