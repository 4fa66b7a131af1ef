package io.millrace.server.catalog;

import io.millrace.server.actor.ActorId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a discover of a source found; its streams are rows of their own. A discover that finds the
 * same streams again keeps the catalog, so that equal ids mean: nothing has changed.
 *
 * @param id its id
 * @param source the source
 * @param configHash what the source's stored configuration hashes to
 * @param connectorVersion the version of the connector that found it
 * @param contentHash what its streams hash to
 * @param createdAt when it was first found
 * @param foundAt when it was last found
 */
public record Catalog(
    UUID id,
    ActorId source,
    String configHash,
    String connectorVersion,
    String contentHash,
    Instant createdAt,
    Instant foundAt) {}
