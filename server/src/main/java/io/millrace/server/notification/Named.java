package io.millrace.server.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import org.jspecify.annotations.Nullable;

/**
 * Something a message names and links to.
 *
 * @param id its id
 * @param name its name
 * @param url its page, or null where the server does not know how the world reaches it
 */
public record Named(String id, String name, @Nullable String url) {
  ObjectNode json() {
    return Documents.empty().put("id", id).put("name", name).put("url", url);
  }

  /** Slack's form of a link; a name cannot break out of it. */
  String link() {
    String safe = escape(name);
    return url == null ? safe : "<" + url + "|" + safe + ">";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
