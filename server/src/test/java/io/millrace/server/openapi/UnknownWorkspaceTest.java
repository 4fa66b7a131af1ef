package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for what is in a workspace that there is not is told so, everywhere. */
final class UnknownWorkspaceTest {
  private static final String NOBODY = "7b1e2c3d-0000-4000-8000-000000000001";
  private static final List<String> OF_ONE =
      List.of(
          "/sources/list",
          "/destinations/list",
          "/connections/list",
          "/connections/list_all",
          "/connections/events/list_minimal",
          "/web_backend/connections/list",
          "/web_backend/connections/status_counts",
          "/tags/list",
          "/stream_statuses/list",
          "/source_definitions/list_for_workspace",
          "/destination_definitions/list_for_workspace");
  private static final List<String> OF_SEVERAL =
      List.of(
          "/sources/list_paginated",
          "/destinations/list_paginated",
          "/connections/list_paginated",
          "/jobs/list_for_workspaces");
  private static final List<String> GETS =
      List.of(
          "/workspaces/" + NOBODY + "/definitions/sources",
          "/workspaces/" + NOBODY + "/definitions/destinations",
          "/workspaces/" + NOBODY + "/definitions/declarative_sources",
          "/tags?workspaceIds=" + NOBODY,
          "/jobs?workspaceIds=" + NOBODY,
          "/sources?workspaceIds=" + NOBODY,
          "/destinations?workspaceIds=" + NOBODY,
          "/connections?workspaceIds=" + NOBODY);

  @TempDir private Path folder;

  @Test
  void isNotFound() {
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder);
        ValidatingClient client = new ValidatingClient(server.uri())) {
      for (String path : OF_ONE) {
        ObjectNode body = Documents.empty().put("workspaceId", NOBODY);
        body.putObject("pagination").put("pageSize", 5).put("rowOffset", 0);
        refused(path, client.any("POST", "/api/v1" + path, body));
      }
      for (String path : OF_SEVERAL) {
        ObjectNode body = Documents.empty();
        body.putArray("workspaceIds").add(NOBODY);
        body.putArray("configTypes").add("sync");
        body.putObject("pagination").put("pageSize", 5).put("rowOffset", 0);
        refused(path, client.any("POST", "/api/v1" + path, body));
      }
      for (String path : GETS) {
        refused(path, client.any("GET", "/api/public/v1" + path, null));
      }
    }
  }

  private static void refused(String path, int status) {
    assertThat(status).as(path).isEqualTo(404);
  }
}
