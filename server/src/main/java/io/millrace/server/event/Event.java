package io.millrace.server.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a connection.
 *
 * @param id its id
 * @param connection the connection
 * @param type what happened, by the API's names: {@code SYNC_SUCCEEDED}, {@code
 *     CONNECTION_DISABLED}
 * @param summary what a list shows of it, by the API's names
 * @param job the job it is about, or null
 * @param by who did it, or null for the program itself
 * @param at when
 */
public record Event(
    UUID id,
    UUID connection,
    String type,
    ObjectNode summary,
    @Nullable Long job,
    @Nullable String by,
    Instant at) {}
