/** Tests of the DuckDB destination, each on a database file of its own. */
@NullMarked
package io.millrace.connectors.duckdb;

import org.jspecify.annotations.NullMarked;
