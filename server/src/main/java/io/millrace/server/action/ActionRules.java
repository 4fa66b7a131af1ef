package io.millrace.server.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.json.Documents;

/** What may follow a job, for those who want to know before they ask a server. */
public final class ActionRules {
  private ActionRules() {}

  /**
   * Sees that webhooks and SQL, in the API's form, are such as a server takes.
   *
   * @param name what the list is called, for messages
   * @throws ApiException that names every wrong field
   */
  public static void check(String name, ArrayNode actions) {
    ObjectNode object = Documents.empty();
    object.set(name, actions);
    Body body = Body.of(object);
    ActionJson.read(body, name, false);
    body.check();
  }
}
