package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a connection, over all its attempts.
 *
 * @param id its number
 * @param connection whose it is
 * @param type what it is for
 * @param status what it does
 * @param config what it is to do: {@code streams} of a reset or refresh, {@code refreshMode},
 *     {@code trigger} (manual, scheduled, api, after)
 * @param retries the counters of the retry policy
 * @param notBefore its next attempt starts no earlier
 * @param createdAt when it was made
 * @param startedAt when its first attempt began, or null
 * @param updatedAt when its status last changed
 */
public record Job(
    long id,
    ConnectionId connection,
    JobType type,
    JobStatus status,
    ObjectNode config,
    ObjectNode retries,
    Instant notBefore,
    Instant createdAt,
    @Nullable Instant startedAt,
    Instant updatedAt) {}
