package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.ActorFacts;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionListeners;
import io.millrace.server.connection.ConnectionRules;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StateKeeper;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deals with what a fresh discover says about a connection: before each sync, and when somebody
 * looks. Everything it changes is one transaction. Thread-safe.
 */
public final class SchemaChangeCheck {
  /** Who changes a connection here. */
  public static final Caller PROGRAM = new Caller("millrace", Access.ADMIN);

  /** The member of a connection's details that says which difference was announced last. */
  private static final String ANNOUNCED = "schemaChangeAnnounced";

  /**
   * The member that says which difference switched the connection off, or was seen while it was
   * off: who switches it on again accepts it.
   */
  private static final String SEEN_WHILE_OFF = "schemaChangeSeenWhileOff";

  /** The member that says which streams the next sync reads again for their new fields. */
  private static final String BACKFILLED = "schemaChangeBackfilled";

  /** Why a connection is compared with its source. */
  private enum Purpose {
    /** Somebody looks: changes are reported. */
    LOOK,
    /** Somebody wants the changes: what cannot be taken over is an error. */
    APPLY,
    /** A sync begins: what cannot be taken over is told of. */
    SYNC
  }

  private final Database database;
  private final CatalogSource catalogs;
  private final ActorFacts facts;
  private final StateKeeper states;
  private final ConnectionListeners listeners;
  private final ConnectionRules rules;
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
      ConnectionRules rules,
      Clock clock) {
    this.database = database;
    this.catalogs = catalogs;
    this.facts = facts;
    this.states = states;
    this.listeners = listeners;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Compares a connection with what its source offers now. It may be switched off by that, and
   * takes nothing over.
   *
   * @param discovered what a discover has just found
   * @throws ApiException when there is no such connection
   */
  public SchemaChange look(ConnectionId id, CatalogSource.Found discovered) {
    return database.write(tx -> check(tx, id, discovered, Purpose.LOOK));
  }

  /**
   * Compares a connection with what its source offers now, and does what its preference says: the
   * connection may be switched off, take over changes, or only be told of.
   *
   * @param discovered what a discover has just found
   * @throws ApiException when there is no such connection, or it would have more fields than it may
   */
  public SchemaChange apply(ConnectionId id, CatalogSource.Found discovered) {
    return database.write(tx -> apply(tx, id, discovered));
  }

  /** Like {@link #apply(ConnectionId, CatalogSource.Found)}, within a transaction. */
  public SchemaChange apply(Handle tx, ConnectionId id, CatalogSource.Found discovered) {
    return check(tx, id, discovered, Purpose.APPLY);
  }

  /** Does the same for every connection of a source, all of them or none. */
  public void applyAll(ActorId source, CatalogSource.Found discovered) {
    database.change(
        tx -> {
          if (actors
              .find(tx, Side.SOURCE, source)
              .filter(actor -> actor.deletedAt() == null)
              .isEmpty()) {
            throw ApiException.notFound("source", source);
          }
          connections.ofActor(tx, source).forEach(one -> apply(tx, one.id(), discovered));
        });
  }

  /**
   * Does the same before a sync: what cannot be taken over is left, and told of.
   *
   * @return what happened; its streams are what can be synced now
   */
  public SchemaChange check(Handle tx, ConnectionId id, CatalogSource.Found discovered) {
    return check(tx, id, discovered, Purpose.SYNC);
  }

  /**
   * Returns the streams that the next sync reads from their beginning because they have gained
   * fields, and forgets them: that sync is to say so.
   */
  public List<StreamName> takeBackfilled(Handle tx, ConnectionId id) {
    Connection connection = connections.find(tx, id).orElseThrow();
    List<StreamName> names = backfilled(connection);
    if (!names.isEmpty()) {
      ObjectNode details = connection.details().deepCopy();
      details.remove(BACKFILLED);
      connections.update(tx, connection.withDetails(details));
    }
    return names;
  }

  private SchemaChange check(
      Handle tx, ConnectionId id, CatalogSource.Found discovered, Purpose purpose) {
    Connection before =
        connections.find(tx, id).orElseThrow(() -> ApiException.notFound("connection", id));
    List<ConnectionStream> streams = connections.streams(tx, id);
    SchemaDiff diff = SchemaDiff.between(old(tx, before), discovered.streams(), streams);
    SchemaPolicy policy = new SchemaPolicy(before, writeModes(tx, before));
    SchemaPolicy.Verdict wanted =
        purpose == Purpose.LOOK
            ? policy.report(streams, diff)
            : policy.apply(streams, diff, discovered.streams());
    @Nullable String refusal = rules.growth(streams, wanted.streams());
    if (refusal != null && purpose == Purpose.APPLY) {
      throw new ApiException(Fault.BAD_REQUEST, refusal);
    }
    SchemaPolicy.Verdict verdict = refusal == null ? wanted : policy.report(streams, diff);
    Connection after = after(before, diff, verdict, discovered.id());
    ReadableStreams readable = ReadableStreams.of(verdict.streams(), discovered.streams());
    SchemaChange change =
        new SchemaChange(
            diff,
            verdict.propagated(),
            diff.breaking(),
            after.status() == before.status() ? null : verdict.disabledReason(),
            refusal,
            verdict.backfill(),
            readable.streams(),
            readable.lost());
    boolean waits = purpose == Purpose.LOOK && SchemaPreference.of(before).propagates();
    keep(tx, before, after, verdict, change, waits);
    return change;
  }

  /**
   * Writes it down and tells of it.
   *
   * @param waits the next sync takes the change over, and tells of it then
   */
  private void keep(
      Handle tx,
      Connection before,
      Connection after,
      SchemaPolicy.Verdict verdict,
      SchemaChange change,
      boolean waits) {
    String announced = fingerprint(change.diff());
    // What somebody was told of is told again when it is taken over, or switches the connection
    // off.
    boolean done = !verdict.propagated().isEmpty() || after.status() != before.status();
    boolean told =
        !done && (waits || announced.equals(before.details().path(ANNOUNCED).asText("")));
    if (!verdict.propagated().isEmpty()) {
      connections.replaceStreams(tx, before.id(), verdict.streams());
    }
    if (!verdict.backfill().isEmpty()) {
      states.clear(tx, before.id(), verdict.backfill());
      remember(after, verdict.backfill());
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

  private static void remember(Connection connection, List<StreamName> backfilled) {
    Set<StreamName> all = new TreeSet<>(backfilled(connection));
    all.addAll(backfilled);
    ArrayNode names = connection.details().putArray(BACKFILLED);
    all.forEach(name -> names.add(StreamJson.descriptor(name)));
  }

  private static List<StreamName> backfilled(Connection connection) {
    List<StreamName> names = new ArrayList<>();
    for (JsonNode one : connection.details().path(BACKFILLED)) {
      if (one instanceof ObjectNode descriptor) {
        names.add(StreamJson.name(descriptor));
      }
    }
    return names;
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
    boolean active = before.status() == ConnectionStatus.ACTIVE;
    boolean disables =
        active && verdict.disabledReason() != null && (diff.breaking() || !accepted(before, diff));
    ObjectNode details = before.details().deepCopy();
    if (disables || !active) {
      details.put(SEEN_WHILE_OFF, fingerprint(diff));
    } else if (diff.isEmpty()) {
      details.remove(SEEN_WHILE_OFF);
    }
    return (disables
            ? after.withStatus(ConnectionStatus.INACTIVE, verdict.disabledReason(), now)
            : after)
        .withDetails(details);
  }

  /** Tells whether somebody switched the connection on again although it had this difference. */
  private static boolean accepted(Connection active, SchemaDiff diff) {
    return fingerprint(diff).equals(active.details().path(SEEN_WHILE_OFF).asText());
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

  /** Names a difference; none is empty. */
  private static String fingerprint(SchemaDiff diff) {
    if (diff.isEmpty()) {
      return "";
    }
    return UUID.nameUUIDFromBytes(
            CatalogDiffJson.of(diff).toString().getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
