package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.server.json.Documents;
import io.millrace.server.workspacefile.WorkspaceApi;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds or makes the tags of connections, by name. */
final class TagImport {
  private final WorkspaceApi to;
  private @Nullable Map<String, JsonNode> known;

  TagImport(WorkspaceApi to) {
    this.to = to;
  }

  /** Returns the new server's tags for an old connection's. */
  ArrayNode of(JsonNode old) throws InterruptedException {
    ArrayNode tags = Documents.MAPPER.createArrayNode();
    for (JsonNode one : old) {
      String name = one.path("name").asText();
      Map<String, JsonNode> all = known == null ? new TreeMap<>(to.tags()) : known;
      known = all;
      JsonNode tag = all.get(name);
      if (tag == null) {
        String color = one.path("color").asText("75DCFF");
        tag = to.call("/tags/create", to.body().put("name", name).put("color", color));
        all.put(name, tag);
      }
      tags.addObject().set("tagId", tag.path("tagId"));
    }
    return tags;
  }
}
