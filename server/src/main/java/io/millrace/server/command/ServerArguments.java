package io.millrace.server.command;

import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.environment.Variables;
import io.millrace.server.workspacefile.WorkspaceApi;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server and which workspace a command talks to. */
final class ServerArguments {
  private static final String LOCAL = "http://localhost:8000";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server (http://localhost:8000, or MILLRACE_SERVER). Its login comes from"
              + " MILLRACE_TOKEN, MILLRACE_CLIENT_ID and MILLRACE_CLIENT_SECRET, or"
              + " MILLRACE_USERNAME and MILLRACE_PASSWORD.")
  private @Nullable String server;

  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description = "The workspace, where the server has several.")
  private @Nullable String workspace;

  /** Returns a client of the server. */
  ApiClient client(Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    String given = server == null ? new Variables(environment).text("MILLRACE_SERVER") : server;
    return ApiClient.of(given.isEmpty() ? LOCAL : given, environment, "MILLRACE");
  }

  /** Returns the workspace. */
  WorkspaceApi workspace(ApiClient client) throws InterruptedException {
    return WorkspaceApi.open(client, workspace);
  }
}
