package io.millrace.server.workspace;

import io.millrace.server.store.Database;
import io.millrace.server.store.Rows;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Keeps what the API tells of this installation. Thread-safe. */
public final class Installations {
  private static final String SETTING = "installation";

  private final SettingStore settings = new SettingStore();
  private final WorkspaceStore workspaces = new WorkspaceStore();

  /**
   * Makes the installation and its default workspace where they are missing. Called once at every
   * start, before the first request.
   */
  public Installation open(Database database, Clock clock) {
    return database.write(
        tx -> settings.find(tx, SETTING).isPresent() ? read(tx) : begin(tx, clock.instant()));
  }

  /** Returns the installation. */
  public Installation read(Handle tx) {
    return settings
        .find(tx, SETTING)
        .map(text -> Installation.of(Rows.object(text)))
        .orElseThrow(() -> new IllegalStateException("The installation was not opened."));
  }

  void save(Handle tx, Installation installation) {
    settings.put(tx, SETTING, Rows.text(installation.json()));
  }

  private Installation begin(Handle tx, Instant now) {
    WorkspaceId id =
        workspaces.list(tx).stream()
            .findFirst()
            .map(Workspace::id)
            .orElseGet(
                () -> {
                  WorkspaceId made = WorkspaceId.random();
                  workspaces.insert(
                      tx,
                      Workspaces.fresh(made, "Default Workspace", WorkspaceJson.defaults(), now));
                  return made;
                });
    Installation installation = Installation.fresh(id);
    save(tx, installation);
    return installation;
  }
}
