package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.TextSeal;

/** Workspaces in the shapes of the two APIs. */
final class WorkspaceJson {
  private static final String SETTINGS = "notificationSettings";

  private WorkspaceJson() {}

  /** Returns the details that a new workspace has. */
  static ObjectNode defaults() {
    ObjectNode details =
        Documents.empty()
            .put("email", "")
            .put("initialSetupComplete", false)
            .put("displaySetupWizard", true)
            .put("anonymousDataCollection", false)
            .put("news", false)
            .put("securityUpdates", false);
    details.set(SETTINGS, NotificationSettings.defaults());
    return details;
  }

  /** Returns the notification settings of a workspace's details. */
  static ObjectNode settings(ObjectNode details) {
    return details.get(SETTINGS) instanceof ObjectNode settings
        ? settings
        : NotificationSettings.defaults();
  }

  /** Returns a {@code WorkspaceRead} without secrets, for what is kept of a change. */
  static ObjectNode recorded(Workspace workspace) {
    return config(workspace, WebhookUrls.masked(workspace.details()));
  }

  /** Returns a {@code WorkspaceRead}. */
  static ObjectNode config(Workspace workspace, TextSeal seal) {
    return config(workspace, WebhookUrls.opened(workspace.details(), seal));
  }

  private static ObjectNode config(Workspace workspace, ObjectNode details) {
    ObjectNode json =
        Documents.empty()
            .put("workspaceId", workspace.id().toString())
            .put("customerId", workspace.id().toString())
            .put("name", workspace.name())
            .put("slug", workspace.slug())
            .put("organizationId", Installation.ORGANIZATION.toString())
            .put("dataplaneGroupId", InstanceJson.DATAPLANE_GROUP.toString())
            .put("tombstone", workspace.deletedAt() != null);
    json.setAll(details);
    if (!json.has("notifications")) {
      json.putArray("notifications");
    }
    json.set("webhookConfigs", WebhookConfig.shown(workspace.details()));
    return json;
  }

  /** Returns a {@code WorkspaceResponse}. */
  static ObjectNode publicly(Workspace workspace, TextSeal seal) {
    ObjectNode json =
        Documents.empty()
            .put("workspaceId", workspace.id().toString())
            .put("name", workspace.name())
            .put("dataResidency", InstanceJson.REGION);
    json.set("notifications", NotificationSettings.toPublic(settings(workspace.details()), seal));
    return json;
  }
}
