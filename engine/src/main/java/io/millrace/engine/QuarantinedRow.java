package io.millrace.engine;

import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamName;
import java.time.Instant;

/**
 * A row in quarantine.
 *
 * @param stream the stream
 * @param syncId the sync that met it
 * @param generationId the generation it would have belonged to
 * @param partitionId the partition it was read in
 * @param row what and why
 * @param at when
 */
public record QuarantinedRow(
    StreamName stream,
    long syncId,
    long generationId,
    String partitionId,
    RejectedRow row,
    Instant at) {}
