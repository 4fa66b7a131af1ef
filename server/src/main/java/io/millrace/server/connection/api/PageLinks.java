package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Call;
import io.millrace.server.json.Documents;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the public API.
 *
 * @param limit the most entries of a page
 * @param offset how many entries stand before it
 */
record PageLinks(int limit, int offset) {
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 100;

  /** Reads which page is asked for. */
  static PageLinks of(Call call) {
    return new PageLinks(
        call.query("limit", LIMIT, 1, LIMIT_MAX), call.query("offset", 0, 0, Integer.MAX_VALUE));
  }

  /**
   * Returns the answer, with links to the pages around it; an empty text where there is none.
   *
   * @param entries those of this page
   * @param more whether others follow
   */
  ObjectNode answer(Call call, List<ObjectNode> entries, boolean more) {
    ObjectNode json = Documents.empty();
    json.put("previous", offset == 0 ? "" : link(call, Math.max(0, offset - limit)));
    json.put("next", more ? link(call, offset + limit) : "");
    json.putArray("data").addAll(entries);
    return json;
  }

  private String link(Call call, int newOffset) {
    String[] parts = call.pathAndQuery().split("\\?", 2);
    List<String> parameters = new ArrayList<>();
    if (parts.length > 1) {
      for (String one : parts[1].split("&", -1)) {
        if (!one.isEmpty() && !one.startsWith("limit=") && !one.startsWith("offset=")) {
          parameters.add(one);
        }
      }
    }
    parameters.add("limit=" + limit);
    parameters.add("offset=" + newOffset);
    return call.origin() + parts[0] + "?" + String.join("&", parameters);
  }
}
