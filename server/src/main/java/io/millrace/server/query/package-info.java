/**
 * Looks into DuckDB files: a query's rows as a table, CSV or JSON.
 *
 * <p>Begin with {@link io.millrace.server.query.DuckDbQuery}. It reads and never writes; loading
 * belongs to the destination connector.
 */
@NullMarked
package io.millrace.server.query;

import org.jspecify.annotations.NullMarked;
