package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.ActorFacts;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionListeners;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StateKeeper;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Deals with what a fresh discover says about a connection: before each sync, and when somebody
 * looks. Everything it changes is one transaction. Thread-safe.
 */
public final class SchemaChangeCheck {
  /** Who changes a connection here. */
  public static final Caller PROGRAM = new Caller("millrace", Access.ADMIN);

  /** The member of a connection's details that says which difference was announced last. */
  private static final String ANNOUNCED = "schemaChangeAnnounced";

  private final Database database;
  private final CatalogSource catalogs;
  private final ActorFacts facts;
  private final StateKeeper states;
  private final ConnectionListeners listeners;
  private final Clock clock;
  private final ConnectionStore connections = new ConnectionStore();
  private final ActorStore actors = new ActorStore();

  /** Makes it. */
  public SchemaChangeCheck(
      Database database,
      CatalogSource catalogs,
      ActorFacts facts,
      StateKeeper states,
      ConnectionListeners listeners,
      Clock clock) {
    this.database = database;
    this.catalogs = catalogs;
    this.facts = facts;
    this.states = states;
    this.listeners = listeners;
    this.clock = clock;
  }

  /**
   * Compares a connection with what its source offers now, and does what its preference says: the
   * connection may be switched off, take over changes, or only be told of.
   *
   * @param discovered what a discover has just found
   * @return what happened; its streams are what can be synced now
   * @throws ApiException when there is no such connection
   */
  public SchemaChange check(ConnectionId id, CatalogSource.Found discovered) {
    return database.write(tx -> check(tx, id, discovered));
  }

  /** Like {@link #check(ConnectionId, CatalogSource.Found)}, within a transaction. */
  public SchemaChange check(Handle tx, ConnectionId id, CatalogSource.Found discovered) {
    Connection before =
        connections.find(tx, id).orElseThrow(() -> ApiException.notFound("connection", id));
    List<ConnectionStream> streams = connections.streams(tx, id);
    SchemaDiff diff = SchemaDiff.between(old(tx, before), discovered.streams(), streams);
    SchemaPolicy.Verdict verdict =
        new SchemaPolicy(before, writeModes(tx, before)).apply(streams, diff, discovered.streams());
    Connection after = after(before, diff, verdict, discovered.id());
    SchemaChange change =
        new SchemaChange(
            diff,
            verdict.propagated(),
            diff.breaking(),
            after.status() == before.status() ? null : verdict.disabledReason(),
            verdict.backfill(),
            ReadableStreams.of(verdict.streams(), discovered.streams()));
    keep(tx, before, after, verdict, change);
    return change;
  }

  private void keep(
      Handle tx,
      Connection before,
      Connection after,
      SchemaPolicy.Verdict verdict,
      SchemaChange change) {
    String announced = change.diff().isEmpty() ? "" : fingerprint(change.diff());
    // What somebody was told of is told again when it is taken over, or switches the connection
    // off.
    boolean done = !verdict.propagated().isEmpty() || after.status() != before.status();
    boolean told = !done && announced.equals(before.details().path(ANNOUNCED).asText(""));
    if (!verdict.propagated().isEmpty()) {
      connections.replaceStreams(tx, before.id(), verdict.streams());
    }
    if (!verdict.backfill().isEmpty()) {
      states.clear(tx, before.id(), verdict.backfill());
    }
    if (!told) {
      after.details().put(ANNOUNCED, announced);
    }
    if (!told || !after.equals(before)) {
      connections.update(tx, after);
    }
    if (after.status() != before.status()) {
      listeners.changed(tx, before, after, PROGRAM);
    }
    if (!told && !change.diff().isEmpty()) {
      listeners.schemaChanged(tx, after, change);
    }
  }

  private Connection after(
      Connection before, SchemaDiff diff, SchemaPolicy.Verdict verdict, UUID catalog) {
    boolean current = diff.isEmpty() || !verdict.propagated().isEmpty();
    boolean changed =
        diff.breaking() != before.breakingChange()
            || (current && !catalog.equals(before.catalog()));
    Instant now = clock.instant();
    Connection after =
        changed
            ? before.withCatalog(current ? catalog : before.catalog(), diff.breaking(), now)
            : before;
    boolean disables =
        verdict.disabledReason() != null && before.status() == ConnectionStatus.ACTIVE;
    return (disables
            ? after.withStatus(ConnectionStatus.INACTIVE, verdict.disabledReason(), now)
            : after)
        .withDetails(before.details().deepCopy());
  }

  private List<ObjectNode> old(Handle tx, Connection connection) {
    UUID catalog = connection.catalog();
    return catalog == null
        ? List.of()
        : catalogs.find(tx, catalog).map(CatalogSource.Found::streams).orElse(List.of());
  }

  private Set<String> writeModes(Handle tx, Connection connection) {
    return actors
        .find(tx, Side.DESTINATION, connection.destination())
        .map((Actor destination) -> facts.writeModes(destination))
        .orElse(Set.of());
  }

  private static String fingerprint(SchemaDiff diff) {
    return UUID.nameUUIDFromBytes(
            CatalogDiffJson.of(diff).toString().getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
