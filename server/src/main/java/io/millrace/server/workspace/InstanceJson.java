package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.UUID;

/** The installation, its organization, user and region in the shapes of the two APIs. */
final class InstanceJson {
  /** The id of the one region. */
  static final UUID DATAPLANE_GROUP = UUID.fromString("1e5d4c9a-6a50-4d7c-8a0e-7f0c5b9a3d21");

  /** The name of the one region, as the public API writes it. */
  static final String REGION = "auto";

  /** The id of the one permission. */
  static final UUID PERMISSION = UUID.fromString("5b8f6c52-0f53-4a19-9b4f-2f3a7b1d6e10");

  private InstanceJson() {}

  static ObjectNode configuration(
      Installation installation, Workspace workspace, InstanceSettings settings) {
    ObjectNode json =
        Documents.empty().put("edition", "community").put("version", settings.version());
    json.putObject("auth").put("mode", settings.login() ? "simple" : "none");
    return json.put(
            "airbyteUrl",
            settings.publicUrl() == null
                ? "airbyte-url-not-configured"
                : settings.publicUrl().toString())
        .put(
            "initialSetupComplete",
            workspace.details().path("initialSetupComplete").asBoolean(false))
        .put("defaultUserId", Installation.USER.toString())
        .put("defaultOrganizationId", Installation.ORGANIZATION.toString())
        .put("defaultOrganizationEmail", installation.email())
        .put("defaultWorkspaceId", installation.workspace().toString())
        .put("trackingStrategy", "logging");
  }

  static ObjectNode user(Installation installation) {
    ObjectNode json =
        Documents.empty()
            .put("userId", Installation.USER.toString())
            .put("email", installation.email())
            .put("name", installation.userName())
            .put("defaultWorkspaceId", installation.workspace().toString())
            .put("status", "registered")
            .put("news", false);
    json.putObject("metadata");
    return json;
  }

  static ObjectNode organization(Installation installation) {
    return Documents.empty()
        .put("organizationId", Installation.ORGANIZATION.toString())
        .put("organizationName", installation.organizationName())
        .put("email", installation.email());
  }

  static ObjectNode organizationInfo(Installation installation) {
    return Documents.empty()
        .put("organizationId", Installation.ORGANIZATION.toString())
        .put("organizationName", installation.organizationName())
        .put("sso", false)
        .put("scim", false);
  }

  static ObjectNode permission() {
    return Documents.empty()
        .put("permissionId", PERMISSION.toString())
        .put("permissionType", "instance_admin")
        .put("userId", Installation.USER.toString());
  }

  /** The public API has no type for the whole instance; the one organization is the same. */
  static ObjectNode publicPermission() {
    return Documents.empty()
        .put("permissionId", PERMISSION.toString())
        .put("permissionType", "organization_admin")
        .put("userId", Installation.USER.toString())
        .put("organizationId", Installation.ORGANIZATION.toString());
  }

  static ObjectNode dataplaneGroup(long createdSeconds) {
    return Documents.empty()
        .put("dataplane_group_id", DATAPLANE_GROUP.toString())
        .put("organization_id", Installation.ORGANIZATION.toString())
        .put("name", "AUTO")
        .put("enabled", true)
        .put("created_at", createdSeconds)
        .put("updated_at", createdSeconds);
  }
}
