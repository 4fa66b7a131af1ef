/**
 * {@code destination-duckdb}: streams into the tables of a local DuckDB file.
 *
 * <p>Begin with {@link io.millrace.connectors.duckdb.DuckDbDestination}. Every native call goes
 * through {@link io.millrace.connectors.duckdb.Session}, on a platform thread. Reading from DuckDB,
 * and files of other formats, do not belong here.
 */
@NullMarked
package io.millrace.connectors.duckdb;

import org.jspecify.annotations.NullMarked;
