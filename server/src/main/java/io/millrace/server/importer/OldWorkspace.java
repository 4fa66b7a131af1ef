package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of an Airbyte, read through its API. Its versions differ: some list workspaces by
 * organization alone, some show sources and destinations in pages whatever is asked for.
 */
public final class OldWorkspace {
  private static final int PAGE = 100;

  /** Where an Airbyte that is not the cloud keeps everything. */
  private static final String ORGANIZATION = "00000000-0000-0000-0000-000000000000";

  private final ApiClient client;
  private final String id;

  private OldWorkspace(ApiClient client, String id) {
    this.client = client;
    this.id = id;
  }

  /**
   * Opens a workspace.
   *
   * @param name its name or id; null where the server has one alone
   * @throws ConfigException when there is none, or several and no name
   */
  public static OldWorkspace open(ApiClient client, @Nullable String name)
      throws InterruptedException {
    List<JsonNode> all = workspaces(client);
    List<JsonNode> found =
        all.stream()
            .filter(one -> name == null || name.equals(text(one, "name")) || name.equals(id(one)))
            .toList();
    if (found.size() == 1) {
      return new OldWorkspace(client, id(found.getFirst()));
    }
    throw new ConfigException("workspace_unknown", sentence(client, name, all, found));
  }

  private static String sentence(
      ApiClient client, @Nullable String name, List<JsonNode> all, List<JsonNode> found) {
    String server = "The server at " + client.server();
    if (all.isEmpty()) {
      return server + " has no workspace, so there is nothing to take over.";
    }
    String names =
        String.join(", ", all.stream().map(one -> text(one, "name")).sorted().limit(20).toList());
    if (name == null) {
      return server
          + " has "
          + all.size()
          + " workspaces; name one with --from-workspace: "
          + names
          + ".";
    }
    return found.isEmpty()
        ? server
            + " has no workspace \""
            + ConnectorException.outside(name)
            + "\"; --from-workspace takes one of "
            + names
            + "."
        : server + " has several workspaces \"" + name + "\"; --from-workspace also takes an id.";
  }

  private static List<JsonNode> workspaces(ApiClient client) throws InterruptedException {
    Optional<JsonNode> answer = client.postIfServed("/workspaces/list", Documents.empty());
    List<JsonNode> all = new ArrayList<>();
    if (answer.isPresent()) {
      answer.get().path("workspaces").forEach(all::add);
    } else {
      byOrganization(client, all);
    }
    all.removeIf(one -> one.path("tombstone").asBoolean());
    return all;
  }

  private static void byOrganization(ApiClient client, List<JsonNode> all)
      throws InterruptedException {
    JsonNode page;
    do {
      ObjectNode body = Documents.empty().put("organizationId", ORGANIZATION);
      body.putObject("pagination").put("pageSize", PAGE).put("rowOffset", all.size());
      page = client.post("/workspaces/list_by_organization_id", body).path("workspaces");
      page.forEach(all::add);
    } while (page.size() == PAGE);
  }

  /** Returns the sources or the destinations, a page after the other. */
  List<Named> actors(Side side) throws InterruptedException {
    String idKey = side.label() + "Id";
    List<JsonNode> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean more = true;
    while (more) {
      ObjectNode body = Documents.empty().put("workspaceId", id).put("pageSize", PAGE);
      if (!all.isEmpty()) {
        body.put("cursor", text(all.getLast(), idKey));
      }
      more = false;
      for (JsonNode one :
          client.post("/" + side.label() + "s/list", body).path(side.label() + "s")) {
        // An older version knows no pages and says everything again.
        if (seen.add(text(one, idKey))) {
          all.add(one);
          more = true;
        }
      }
    }
    return Named.of(all, idKey);
  }

  /** Returns the connections but those that were deleted. */
  List<Named> connections() throws InterruptedException {
    ObjectNode body = Documents.empty().put("workspaceId", id);
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode one : client.post("/connections/list", body).path("connections")) {
      if (!text(one, "status").equals("deprecated")) {
        all.add(one);
      }
    }
    return Named.of(all, "connectionId");
  }

  /** Returns a connection's state; empty where this version does not tell it. */
  Optional<JsonNode> state(String connection) throws InterruptedException {
    return client.postIfServed("/state/get", Documents.empty().put("connectionId", connection));
  }

  private static String id(JsonNode workspace) {
    return text(workspace, "workspaceId");
  }

  private static String text(JsonNode json, String key) {
    return json.path(key).asText();
  }
}
