package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Names;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.ChangeRecorder;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceLimits;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes, changes, deletes and opens sources and destinations. Thread-safe. */
public final class Actors {
  private static final int UPDATE_ATTEMPTS_MAX = 5;

  private final Database database;
  private final Clock clock;
  private final Definitions definitions;
  private final Configurations configurations;
  private final ChangeRecorder changes;
  private final ActorDeletion deletion;
  private final WorkspaceLimits limits;
  private final ActorStore store = new ActorStore();
  private final WorkspaceStore workspaces = new WorkspaceStore();

  /** Makes the service. */
  public Actors(
      Database database,
      Clock clock,
      Definitions definitions,
      Configurations configurations,
      ChangeRecorder changes,
      ActorDeletion deletion,
      WorkspaceLimits limits) {
    this.database = database;
    this.clock = clock;
    this.definitions = definitions;
    this.configurations = configurations;
    this.changes = changes;
    this.deletion = deletion;
    this.limits = limits;
  }

  /**
   * Returns a source or destination.
   *
   * @throws ApiException 404 when there is none, or it is deleted
   */
  public Actor get(Handle tx, Side side, ActorId id) {
    return store
        .find(tx, side, id)
        .filter(actor -> actor.deletedAt() == null)
        .orElseThrow(() -> ApiException.notFound(side.label(), id));
  }

  /** Like {@link #get(Handle, Side, ActorId)}, in a transaction of its own. */
  public Actor get(Side side, ActorId id) {
    return database.read(tx -> get(tx, side, id));
  }

  /**
   * Returns the connector of an actor.
   *
   * @throws ConfigException when this program has none of its definition
   */
  public ConnectorDefinition<?> connector(Actor actor) {
    return definitions
        .find(actor.side(), actor.definition())
        .orElseThrow(
            () ->
                new ConfigException(
                    "unknown_connector",
                    "This program has no connector with the definition id "
                        + actor.definition()
                        + ", which the "
                        + actor.side().label()
                        + " \""
                        + actor.name()
                        + "\" was made with."));
  }

  /**
   * Returns an actor opened for a job, a check or a discover: secrets decrypted, references
   * resolved. Not to be called in a transaction, as it may read files.
   *
   * @throws ConfigException when a reference cannot be resolved, or its connector is gone
   */
  public Endpoint endpoint(Actor actor) {
    return configurations.endpoint(connector(actor), actor.configuration());
  }

  /** Returns what an actor's configuration has that its connector does not use, a line each. */
  public List<String> notes(Actor actor) {
    return configurations.notes(connector(actor), actor.configuration());
  }

  /**
   * Makes an actor of a configuration that {@link Configurations#accept} returned.
   *
   * @throws ApiException 404 when there is no such workspace; 400 when it is full
   */
  public Actor create(
      Side side, WorkspaceId workspace, UUID definition, Draft draft, Caller caller) {
    return database.write(
        tx -> {
          refuseMore(tx, side, workspace);
          return insert(tx, side, workspace, definition, draft, caller);
        });
  }

  /**
   * Makes an actor like another.
   *
   * @param name its name; null for one that no other of the workspace has
   * @param configuration as {@link Configurations} returned it
   * @throws ApiException as {@link #create}
   */
  Actor copy(Actor original, @Nullable String name, ObjectNode configuration, Caller caller) {
    Side side = original.side();
    WorkspaceId workspace = original.workspace();
    return database.write(
        tx -> {
          refuseMore(tx, side, workspace);
          String given = name == null ? copyName(tx, original) : name;
          Draft draft = new Draft(given, configuration, original.details());
          return insert(tx, side, workspace, original.definition(), draft, caller);
        });
  }

  private String copyName(Handle tx, Actor original) {
    Set<String> taken =
        store.list(tx, original.side(), original.workspace()).stream()
            .map(Actor::name)
            .collect(Collectors.toSet());
    return Names.free(original.name() + " (Copy)", taken::contains);
  }

  private void refuseMore(Handle tx, Side side, WorkspaceId workspace) {
    refuseMore(side, store.count(tx, side, workspaces.get(tx, workspace).id()));
  }

  private Actor insert(
      Handle tx, Side side, WorkspaceId workspace, UUID definition, Draft draft, Caller caller) {
    Actor made =
        new Actor(
            ActorId.random(),
            workspace,
            side,
            definition,
            draft.name(),
            draft.configuration(),
            draft.details(),
            clock.instant(),
            clock.instant(),
            null);
    store.insert(tx, made);
    record(tx, made, "create", caller);
    return made;
  }

  private void refuseMore(Side side, long known) {
    switch (side) {
      case SOURCE ->
          WorkspaceLimits.refuseMore(
              side.label(), known, limits.sources(), WorkspaceLimits.SOURCES_MAX);
      case DESTINATION ->
          WorkspaceLimits.refuseMore(
              side.label(), known, limits.destinations(), WorkspaceLimits.DESTINATIONS_MAX);
    }
  }

  /**
   * What an actor is made of.
   *
   * @param name its name
   * @param configuration as it is stored
   * @param details see {@link Actor}
   */
  public record Draft(String name, ObjectNode configuration, ObjectNode details) {
    /** Makes one with no details. */
    public static Draft of(String name, ObjectNode configuration) {
      return new Draft(name, configuration, Documents.empty());
    }
  }

  /**
   * Changes an actor; where nothing differs nothing is written. The change is worked out outside
   * the transaction, as it may read files, and worked out again where somebody else changed the
   * actor meanwhile.
   *
   * @throws ApiException 404 when there is no such actor; 409 when others change it all the time
   */
  Actor update(Side side, ActorId id, UnaryOperator<Draft> change, Caller caller) {
    for (int i = 0; i < UPDATE_ATTEMPTS_MAX; i++) {
      Actor old = get(side, id);
      Draft draft =
          change.apply(new Draft(old.name(), old.configuration(), old.details().deepCopy()));
      Optional<Actor> changed = database.write(tx -> replace(tx, old, draft, caller));
      if (changed.isPresent()) {
        return changed.get();
      }
    }
    throw new ApiException(
        Fault.TRY_AGAIN_LATER,
        "The " + side.label() + " " + id + " is being changed by others; try again.");
  }

  private Optional<Actor> replace(Handle tx, Actor old, Draft draft, Caller caller) {
    if (!get(tx, old.side(), old.id()).equals(old)) {
      return Optional.empty();
    }
    if (draft.equals(new Draft(old.name(), old.configuration(), old.details()))) {
      return Optional.of(old);
    }
    Actor changed =
        old.changed(draft.name(), draft.configuration(), draft.details(), clock.instant());
    store.update(tx, changed);
    record(tx, changed, "update", caller);
    return Optional.of(changed);
  }

  /** Deletes an actor and its connections; its configuration is forgotten. */
  void delete(Side side, ActorId id, Caller caller) {
    database.write(tx -> delete(tx, get(tx, side, id), caller)).run();
  }

  /**
   * Deletes every actor of a workspace, in the transaction that deletes the workspace.
   *
   * @return what is to be done once that transaction has committed
   */
  public Runnable deleteAll(Handle tx, WorkspaceId workspace, Caller caller) {
    List<Runnable> afterwards = new ArrayList<>();
    for (Side side : List.of(Side.DESTINATION, Side.SOURCE)) {
      store.list(tx, side, workspace).forEach(actor -> afterwards.add(delete(tx, actor, caller)));
    }
    return () -> afterwards.forEach(Runnable::run);
  }

  private Runnable delete(Handle tx, Actor actor, Caller caller) {
    Runnable afterwards = deletion.delete(tx, actor.id(), caller);
    Actor deleted =
        actor
            .changed(actor.name(), Documents.empty(), actor.details(), clock.instant())
            .deleted(clock.instant());
    store.update(tx, deleted);
    store.forgetCatalogs(tx, actor.id());
    record(tx, deleted, "delete", caller);
    return afterwards;
  }

  /**
   * Returns an actor that is deleted; its configuration is empty.
   *
   * @throws ApiException 404 when there is none; 409 when it is not deleted
   */
  Actor deleted(Handle tx, Side side, ActorId id) {
    Actor actor =
        store.find(tx, side, id).orElseThrow(() -> ApiException.notFound(side.label(), id));
    if (actor.deletedAt() == null) {
      throw new ApiException(
          Fault.STATE_CONFLICT, "The " + side.label() + " " + id + " is not deleted.");
    }
    return actor;
  }

  /**
   * Takes a deletion back, with a configuration that {@link Configurations#accept} returned.
   *
   * @throws ApiException as {@link #deleted}; 400 when the workspace is full
   */
  Actor restore(Side side, ActorId id, Draft draft, Caller caller) {
    return database.write(
        tx -> {
          Actor old = deleted(tx, side, id);
          refuseMore(tx, side, old.workspace());
          Actor restored =
              old.changed(draft.name(), draft.configuration(), draft.details(), clock.instant())
                  .restored();
          store.update(tx, restored);
          record(tx, restored, "update", caller);
          return restored;
        });
  }

  /** Returns the stored configuration that masks in a request stand for; empty without an id. */
  ObjectNode storedFor(Side side, @Nullable UUID id) {
    return id == null ? Documents.empty() : get(side, new ActorId(id)).configuration();
  }

  private void record(Handle tx, Actor actor, String action, Caller caller) {
    ObjectNode version =
        Documents.empty()
            .put("name", actor.name())
            .put("definitionId", actor.definition().toString())
            .put("workspaceId", actor.workspace().toString());
    version.set("configuration", configurations.masked(actor.configuration()));
    version.setAll(actor.details());
    changes.changed(tx, actor.side().label(), actor.id().toString(), action, version, caller);
  }
}
