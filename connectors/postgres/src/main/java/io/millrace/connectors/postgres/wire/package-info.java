/**
 * The bytes between us and a PostgreSQL server, where the driver's way is too slow for them: the
 * messages of a COPY.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.wire.CopyFeed}. What the bytes mean (rows,
 * values) and everything that is not a COPY's data is left to others.
 */
@NullMarked
package io.millrace.connectors.postgres.wire;

import org.jspecify.annotations.NullMarked;
