/**
 * Brings staged rows into the target in one step: by putting a new table in the place of the old
 * one with everything that hangs on it, by replacing the rows within the old table, or by merging
 * by key.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.destination.publish.Replacement} and {@link
 * io.millrace.connectors.postgres.destination.publish.Merge}. Everything here runs within the
 * caller's transaction; bookkeeping does not belong here.
 */
@NullMarked
package io.millrace.connectors.postgres.destination.publish;

import org.jspecify.annotations.NullMarked;
