package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Names;
import io.millrace.server.store.TextSeal;
import java.util.List;

/**
 * What a request of the Config API makes of a workspace, for the server and for those who want to
 * know before they ask one.
 */
public final class WorkspaceChange {
  private static final String NAME = "name";
  private static final List<String> FLAGS =
      List.of(
          "initialSetupComplete",
          "displaySetupWizard",
          "anonymousDataCollection",
          "news",
          "securityUpdates");

  /** For what is not stored. */
  private static final TextSeal OPEN =
      new TextSeal() {
        @Override
        public String seal(String text) {
          return text;
        }

        @Override
        public String open(String sealed) {
          return sealed;
        }
      };

  private WorkspaceChange() {}

  /**
   * Returns a workspace as the API would show it after a request.
   *
   * @param shown the workspace as the API shows it
   * @param request what would be sent
   * @throws ApiException that names what the server would refuse
   */
  public static ObjectNode tried(ObjectNode shown, ObjectNode request) {
    Body body = Body.of(request);
    String name = Names.readOrNull(body, NAME);
    ObjectNode after = details(shown, body, OPEN);
    body.check();
    if (name != null) {
      after.put(NAME, name);
    }
    return WebhookUrls.opened(after, OPEN);
  }

  /**
   * Returns a workspace's details with what a request gives in their place; what is wrong is
   * remembered in the body.
   *
   * @param seal encrypts what the store must not hold as it is
   */
  static ObjectNode details(ObjectNode old, Body body, TextSeal seal) {
    ObjectNode details = old.deepCopy();
    String email = body.textOrNull("email");
    if (email != null) {
      details.put("email", email);
    }
    for (String name : FLAGS) {
      Boolean flag = body.flagOrNull(name);
      if (flag != null) {
        details.put(name, flag);
      }
    }
    details.set("notificationSettings", settings(WorkspaceJson.settings(details), body, seal));
    WebhookConfig.read(body, details, seal::seal);
    return details;
  }

  private static ObjectNode settings(ObjectNode old, Body body, TextSeal seal) {
    ObjectNode settings = old;
    List<Body> earlier = body.objects("notifications");
    if (body.has("notifications")) {
      settings = NotificationSettings.mergedEarlier(settings, earlier, seal);
    }
    Body given = body.objectOrNull("notificationSettings");
    if (given != null) {
      settings = NotificationSettings.merged(settings, given, seal);
    }
    Body publicly = body.objectOrNull("notificationsConfig");
    if (publicly != null) {
      settings = NotificationSettings.mergedPublic(settings, publicly, seal);
    }
    return settings;
  }
}
