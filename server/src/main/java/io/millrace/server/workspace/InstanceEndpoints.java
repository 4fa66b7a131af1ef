package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Health and what the installation is, on both APIs. */
final class InstanceEndpoints {
  private static final String BASE = "/api/v1";

  private final Database database;
  private final Workspaces workspaces;
  private final InstanceSettings settings;
  private final ChangeRecorder changes;
  private final Installations installations = new Installations();
  private final WorkspaceStore store = new WorkspaceStore();

  InstanceEndpoints(
      Database database, Workspaces workspaces, InstanceSettings settings, ChangeRecorder changes) {
    this.database = database;
    this.workspaces = workspaces;
    this.settings = settings;
    this.changes = changes;
  }

  void addTo(Routes routes) {
    routes
        .at(Api.CONFIG, Access.OPEN, Method.GET, BASE + "/health", call -> health())
        .at(
            Api.CONFIG,
            Access.OPEN,
            Method.GET,
            BASE + "/instance_configuration",
            call -> configuration())
        .config(Access.ADMIN, "/instance_configuration/setup", this::setUp)
        .config(Access.READ, "/deployment/metadata", call -> deployment())
        .at(Api.CONFIG, Access.READ, Method.GET, BASE + "/web_backend/config", call -> webConfig())
        .config(
            Access.READ,
            "/web_backend/check_updates",
            call -> Answer.ok(Map.of("sourceDefinitions", 0, "destinationDefinitions", 0)))
        .config(Access.READ, "/dataplane_group/list", call -> dataplaneGroups())
        .resource(Access.OPEN, Method.GET, "/health", call -> publicHealth())
        .resource(
            Access.OPEN,
            Method.GET,
            "/",
            call -> new Answer.Text(200, "text/plain", "The public API of Millrace."));
  }

  private Answer health() {
    boolean healthy = database.healthy();
    return new Answer.Json(healthy ? 200 : 503, Map.of("available", healthy));
  }

  private Answer publicHealth() {
    return database.healthy()
        ? new Answer.Text(200, "text/plain", "Successful operation")
        : new Answer.Text(503, "text/plain", "The metadata store does not answer.");
  }

  private Answer configuration() {
    return Answer.ok(database.read(this::configuration));
  }

  private ObjectNode configuration(Handle tx) {
    Installation installation = installations.read(tx);
    return InstanceJson.configuration(
        installation, workspaces.get(tx, installation.workspace()), settings);
  }

  private Answer setUp(Call call) {
    Body body = call.body();
    String email = body.text("email");
    boolean collection = body.flag("anonymousDataCollection", false);
    boolean complete = body.flag("initialSetupComplete", true);
    boolean wizard = body.flag("displaySetupWizard", false);
    String user = name(body, "userName");
    String organization = name(body, "organizationName");
    body.check();
    return Answer.ok(
        database.write(
            tx -> {
              Installation old = installations.read(tx);
              Installation named =
                  old.collecting(collection)
                      .named(
                          organization == null ? old.organizationName() : organization,
                          email,
                          user == null ? old.userName() : user);
              installations.save(tx, named);
              Workspace workspace = workspaces.get(tx, old.workspace());
              workspace
                  .details()
                  .put("email", email)
                  .put("initialSetupComplete", complete)
                  .put("displaySetupWizard", wizard)
                  .put("anonymousDataCollection", collection);
              store.update(tx, workspace);
              changes.changed(tx, "setting", "installation", "update", named.json(), call.caller());
              return configuration(tx);
            }));
  }

  private Answer deployment() {
    Installation installation = database.read(installations::read);
    return Answer.ok(
        Map.of(
            "id", installation.deployment().toString(),
            "mode", "OSS",
            "version", settings.version()));
  }

  private Answer webConfig() {
    return Answer.ok(Map.of("version", settings.version(), "edition", "community"));
  }

  private Answer dataplaneGroups() {
    long created =
        database.read(
            tx ->
                workspaces
                    .get(tx, installations.read(tx).workspace())
                    .createdAt()
                    .getEpochSecond());
    return Answer.ok(Map.of("dataplane_groups", List.of(InstanceJson.dataplaneGroup(created))));
  }

  /** Returns a name, or null where it is absent or nothing was filled in. */
  private static @Nullable String name(Body body, String field) {
    String given = body.textOrNull(field);
    return given == null || given.isBlank() ? null : Names.read(body, field);
  }
}
