package io.millrace.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are wanted; null where it does not matter.
 *
 * @param entity the kind of thing
 * @param entityId its id
 * @param actor who did it
 * @param from the earliest moment
 * @param to the moment before which they were
 */
public record ChangeFilter(
    @Nullable String entity,
    @Nullable String entityId,
    @Nullable String actor,
    @Nullable Instant from,
    @Nullable Instant to) {}
