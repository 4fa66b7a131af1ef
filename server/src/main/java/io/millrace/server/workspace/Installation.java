package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.UUID;

/**
 * What the API tells of this installation: one organization with one user, who may do everything.
 *
 * @param deployment its id, made at the first start and kept
 * @param workspace the default workspace
 * @param organizationName the organization's name
 * @param email the e-mail address of organization and user; empty until somebody gave it
 * @param userName the user's name
 * @param anonymousDataCollection what was answered to the question; nothing is collected either way
 */
public record Installation(
    UUID deployment,
    WorkspaceId workspace,
    String organizationName,
    String email,
    String userName,
    boolean anonymousDataCollection) {
  /** The id of the organization. */
  public static final UUID ORGANIZATION = new UUID(0, 0);

  /** The id of the user. */
  public static final UUID USER = new UUID(0, 0);

  /** Makes one that nobody has set up. */
  static Installation fresh(WorkspaceId workspace) {
    return new Installation(
        UUID.randomUUID(), workspace, "Default Organization", "", "Default User", false);
  }

  /** Returns this installation with another default workspace. */
  Installation withWorkspace(WorkspaceId other) {
    return new Installation(
        deployment, other, organizationName, email, userName, anonymousDataCollection);
  }

  /** Returns this installation under other names. */
  Installation named(String newOrganization, String newEmail, String newUser) {
    return new Installation(
        deployment, workspace, newOrganization, newEmail, newUser, anonymousDataCollection);
  }

  /** Returns this installation with another answer to the question of data collection. */
  Installation collecting(boolean allowed) {
    return new Installation(deployment, workspace, organizationName, email, userName, allowed);
  }

  ObjectNode json() {
    return Documents.empty()
        .put("deployment", deployment.toString())
        .put("workspace", workspace.toString())
        .put("organizationName", organizationName)
        .put("email", email)
        .put("userName", userName)
        .put("anonymousDataCollection", anonymousDataCollection);
  }

  static Installation of(ObjectNode json) {
    return new Installation(
        UUID.fromString(json.path("deployment").asText()),
        WorkspaceId.of(json.path("workspace").asText()),
        json.path("organizationName").asText(),
        json.path("email").asText(),
        json.path("userName").asText(),
        json.path("anonymousDataCollection").asBoolean());
  }
}
