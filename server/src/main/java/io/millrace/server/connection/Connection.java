package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
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
 *     notifySchemaChanges}, {@code operationIds}, ...
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
    Instant updatedAt) {}
