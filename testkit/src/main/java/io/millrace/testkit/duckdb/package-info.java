/**
 * Reads what connectors wrote (DuckDB files, Parquet, JSON, CSV) with DuckDB, as any reader would.
 *
 * <p>Begin with {@link io.millrace.testkit.duckdb.DuckDbReader}. It knows nothing of our own
 * writers, and must not.
 */
@NullMarked
package io.millrace.testkit.duckdb;

import org.jspecify.annotations.NullMarked;
