/**
 * Turns the rows of {@code COPY ... (FORMAT binary)} into Arrow vectors, without an object per row
 * or value. The format is that of PostgreSQL's manual, "COPY", section "Binary Format".
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.decode.CopyCollector}. Statements and
 * connections do not belong here.
 */
@NullMarked
package io.millrace.connectors.postgres.decode;

import org.jspecify.annotations.NullMarked;
