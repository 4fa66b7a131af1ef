/**
 * destination-postgres: loads streams into tables by COPY, and publishes them in one step.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.destination.PostgresDestinationDefinition}.
 * A writer sends rows in a transaction that also records the commit in {@code _millrace_commits}; a
 * loader prepares the table before and publishes after. How rows become bytes is in {@code copy},
 * what a table is made of in {@code table}, how a target is replaced or merged in {@code publish}.
 */
@NullMarked
package io.millrace.connectors.postgres.destination;

import org.jspecify.annotations.NullMarked;
