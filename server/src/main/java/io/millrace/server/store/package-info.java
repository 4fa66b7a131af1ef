/**
 * The metadata store: one relational database, SQLite in the data directory or PostgreSQL, with the
 * same tables and the same SQL.
 *
 * <p>Begin with {@link io.millrace.server.store.Database}. A feature keeps its own statements in a
 * class of its own package that takes a {@code Handle}; no statement of a feature stands here, and
 * nothing here knows what a table is for.
 */
@NullMarked
package io.millrace.server.store;

import org.jspecify.annotations.NullMarked;
