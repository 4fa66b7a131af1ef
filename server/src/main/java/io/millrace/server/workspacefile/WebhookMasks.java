package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.spi.config.Secret;
import java.util.Map;

/**
 * The URLs of webhooks in a workspace's notification settings: the server gives them as they are,
 * and a file holds masks, because whoever has such a URL can post there.
 */
final class WebhookMasks {
  private static final String WORKSPACE = "workspace";
  private static final String SETTINGS = "notificationSettings";
  private static final String SLACK = "slackConfiguration";
  private static final String WEBHOOK = "webhook";

  private WebhookMasks() {}

  /** Returns a document with masks in the place of its URLs. */
  static ObjectNode mask(ObjectNode document) {
    ObjectNode masked = document.deepCopy();
    for (JsonNode item : masked.path(WORKSPACE).path(SETTINGS)) {
      if (item.get(SLACK) instanceof ObjectNode slack && slack.path(WEBHOOK).isTextual()) {
        slack.put(WEBHOOK, Secret.MASK);
      }
    }
    return masked;
  }

  /**
   * Returns the workspace of a file with the server's URLs in the place of its masks.
   *
   * @param known the workspace as the server has it
   * @param problems hears of masks for which the server has nothing
   */
  static ObjectNode fill(ObjectNode workspace, JsonNode known, Problems problems) {
    ObjectNode filled = workspace.deepCopy();
    for (Map.Entry<String, JsonNode> item : filled.path(SETTINGS).properties()) {
      if (item.getValue().get(SLACK) instanceof ObjectNode slack
          && Secret.MASK.equals(slack.path(WEBHOOK).textValue())) {
        JsonNode url = known.path(SETTINGS).path(item.getKey()).path(SLACK).path(WEBHOOK);
        if (url instanceof TextNode) {
          slack.set(WEBHOOK, url);
        } else {
          problems.add(
              WORKSPACE,
              SETTINGS
                  + "."
                  + item.getKey()
                  + "."
                  + SLACK
                  + "."
                  + WEBHOOK
                  + " is masked, and the server has no URL in its place; give the URL itself.");
        }
      }
    }
    return filled;
  }
}
