package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection without its streams: a list of connections needs none of them.
 *
 * @param id its id
 * @param workspace where it belongs
 * @param source where rows come from
 * @param destination where they go
 * @param name its name, for people
 * @param status whether it may run
 * @param statusReason why the program switched it off, or null
 * @param schedule when it runs by itself
 * @param namespaceDefinition {@code source}, {@code destination} or {@code customformat}
 * @param namespaceFormat the format of {@code customformat}, or null
 * @param prefix put before every target name
 * @param catalog the discovered catalog it was configured from, or null
 * @param breakingChange its source has changed in a way that somebody must look at
 * @param details what else the API holds of it, by the API's names: {@code resourceRequirements},
 *     {@code nonBreakingChangesPreference}, {@code backfillPreference}, {@code
 *     notifySchemaChanges}, {@code operationIds}, {@code syncSettings}, ...
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Connection(
    ConnectionId id,
    WorkspaceId workspace,
    ActorId source,
    ActorId destination,
    String name,
    ConnectionStatus status,
    @Nullable String statusReason,
    Schedule schedule,
    String namespaceDefinition,
    @Nullable String namespaceFormat,
    String prefix,
    @Nullable UUID catalog,
    boolean breakingChange,
    ObjectNode details,
    Instant createdAt,
    Instant updatedAt) {
  /** Returns this connection with what a client asks. */
  public Connection changed(ConnectionDraft draft, Instant at) {
    ObjectNode merged = details.deepCopy();
    merged.setAll(draft.details());
    ConnectionStatus newStatus = Objects.requireNonNullElse(draft.status(), status);
    return new Connection(
        id,
        workspace,
        source,
        destination,
        Objects.requireNonNullElse(draft.name(), name),
        newStatus,
        newStatus == status ? statusReason : null,
        Objects.requireNonNullElse(draft.schedule(), schedule),
        Objects.requireNonNullElse(draft.namespaceDefinition(), namespaceDefinition),
        draft.namespaceFormat() == null ? namespaceFormat : draft.namespaceFormat(),
        Objects.requireNonNullElse(draft.prefix(), prefix),
        draft.catalog() == null ? catalog : draft.catalog(),
        breakingChange,
        merged,
        createdAt,
        at);
  }

  /** Returns this connection with another status, and why the program chose it. */
  public Connection withStatus(ConnectionStatus newStatus, @Nullable String reason, Instant at) {
    return new Connection(
        id,
        workspace,
        source,
        destination,
        name,
        newStatus,
        reason,
        schedule,
        namespaceDefinition,
        namespaceFormat,
        prefix,
        catalog,
        breakingChange,
        details,
        createdAt,
        at);
  }

  /** Returns this connection with another schedule. */
  public Connection withSchedule(Schedule newSchedule) {
    return new Connection(
        id,
        workspace,
        source,
        destination,
        name,
        status,
        statusReason,
        newSchedule,
        namespaceDefinition,
        namespaceFormat,
        prefix,
        catalog,
        breakingChange,
        details,
        createdAt,
        updatedAt);
  }

  /** Returns this connection with other details. */
  public Connection withDetails(ObjectNode newDetails) {
    return new Connection(
        id,
        workspace,
        source,
        destination,
        name,
        status,
        statusReason,
        schedule,
        namespaceDefinition,
        namespaceFormat,
        prefix,
        catalog,
        breakingChange,
        newDetails,
        createdAt,
        updatedAt);
  }

  /** Returns this connection as configured from another catalog. */
  public Connection withCatalog(@Nullable UUID newCatalog, boolean breaking, Instant at) {
    return new Connection(
        id,
        workspace,
        source,
        destination,
        name,
        status,
        statusReason,
        schedule,
        namespaceDefinition,
        namespaceFormat,
        prefix,
        newCatalog,
        breaking,
        details,
        createdAt,
        at);
  }

  /** Tells whether it is deleted. */
  public boolean deleted() {
    return status == ConnectionStatus.DEPRECATED;
  }
}
