package io.millrace.server.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.store.TextSeal;
import io.millrace.server.workspace.WebhookUrls;
import io.millrace.server.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a trigger.
 *
 * @param webhook a URL, or null
 * @param email an address, or null
 */
record Recipients(@Nullable String webhook, @Nullable String email) {
  private static final Recipients NOBODY = new Recipients(null, null);

  /**
   * Reads a workspace's settings.
   *
   * @param failuresInARow how many jobs of the connection have failed one after the other, which
   *     {@code failureThreshold} waits for; 1 where the trigger is no failure
   */
  static Recipients of(Workspace workspace, Trigger trigger, int failuresInARow, TextSeal seal) {
    JsonNode item = workspace.details().path("notificationSettings").path(trigger.setting());
    if (failuresInARow < item.path("failureThreshold").asInt(1)) {
      return NOBODY;
    }
    String webhook = null;
    String email = null;
    for (JsonNode type : item.path("notificationType")) {
      if (type.asText().equals("slack")) {
        webhook = WebhookUrls.of(item, seal);
      } else if (type.asText().equals("customerio")) {
        email = textOrNull(workspace.details().path("email"));
      }
    }
    return new Recipients(webhook, email);
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank() ? node.textValue() : null;
  }
}
