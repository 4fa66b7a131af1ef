/**
 * source-postgres: finds streams, plans reads under one shared snapshot, reads ranges of tables by
 * COPY, and knows what is new by the transactions a snapshot did not see.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.source.PostgresSource}. How rows are decoded
 * is in {@code decode}; how the server is reached is in {@code connect}.
 */
@NullMarked
package io.millrace.connectors.postgres.source;

import org.jspecify.annotations.NullMarked;
