package io.millrace.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One change of a configuration.
 *
 * @param id its place in the order of changes
 * @param entity what kind of thing was changed: {@code source}, {@code connection}, {@code key}
 * @param entityId its id
 * @param action {@code create}, {@code update} or {@code delete}
 * @param version the thing after the change, its secrets masked
 * @param actor who did it
 * @param createdAt when
 */
public record Change(
    long id,
    String entity,
    String entityId,
    String action,
    JsonNode version,
    String actor,
    Instant createdAt) {}
