package io.millrace.connectors.postgres.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's checkpoint says. There is one, at its end.
 *
 * @param rows the number of rows read
 * @param met the transactions met among those that {@link SnapshotView#hasGaps} speaks of, in
 *     ascending order; null where they were not recorded
 * @param snapshot the moment of the read
 * @param ahead what the next read begins with
 */
record Outcome(long rows, @Nullable List<Long> met, SnapshotView snapshot, Ahead ahead) {}
