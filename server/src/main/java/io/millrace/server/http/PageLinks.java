package io.millrace.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The links of a page of the public API: absolute, with every other parameter of the request as it
 * was; empty where there is no such page.
 *
 * @param previous the page before
 * @param next the page after
 */
public record PageLinks(String previous, String next) {
  /**
   * Makes the links of an answer.
   *
   * @param more there is something behind this page
   */
  public static PageLinks of(Call call, int limit, int offset, boolean more) {
    return new PageLinks(
        offset == 0 ? "" : link(call, limit, Math.max(0, offset - limit)),
        more ? link(call, limit, offset + limit) : "");
  }

  private static String link(Call call, int limit, int offset) {
    String whole = call.pathAndQuery();
    int question = whole.indexOf('?');
    String path = question < 0 ? whole : whole.substring(0, question);
    List<String> parameters = new ArrayList<>();
    if (question >= 0) {
      for (String one : whole.substring(question + 1).split("&", -1)) {
        boolean ours = one.startsWith("limit=") || one.startsWith("offset=");
        if (!ours && !one.isEmpty()) {
          parameters.add(one);
        }
      }
    }
    parameters.add("limit=" + limit);
    parameters.add("offset=" + offset);
    return call.origin() + path + "?" + String.join("&", parameters);
  }
}
