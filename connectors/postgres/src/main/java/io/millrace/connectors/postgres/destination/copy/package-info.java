/**
 * Turns Arrow batches into the bytes of PostgreSQL's {@code COPY ... FROM STDIN}, in its binary
 * form where every column has one here, in its text form otherwise.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.destination.copy.RowEncoder}. Statements,
 * transactions and decisions about types do not belong here.
 */
@NullMarked
package io.millrace.connectors.postgres.destination.copy;

import org.jspecify.annotations.NullMarked;
