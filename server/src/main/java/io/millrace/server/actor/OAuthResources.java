package io.millrace.server.actor;

import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.util.List;

/** The public API's calls for connectors that log in by OAuth, of which there are none. */
final class OAuthResources {
  private OAuthResources() {}

  static void addTo(Routes routes) {
    for (Side side : Side.values()) {
      String initiate = "/" + side.label() + "s/initiateOAuth";
      routes.resource(Access.EDIT, Method.POST, initiate, call -> refuse());
    }
    for (String owner : List.of("/workspaces/{workspaceId}", "/organizations/{organizationId}")) {
      String all = owner + "/oauthCredentials";
      routes
          .resource(Access.ADMIN, Method.PUT, all, call -> refuse())
          .resource(Access.ADMIN, Method.DELETE, all + "/{actorType}/{name}", call -> refuse());
    }
  }

  private static Answer refuse() {
    throw new ApiException(
        Fault.NOT_OFFERED, "Connectors that log in by OAuth are not offered by this server.");
  }
}
