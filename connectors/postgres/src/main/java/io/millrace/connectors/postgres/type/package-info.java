/**
 * PostgreSQL's types as its catalog describes them, and their places in the lattice.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.type.PgColumns}. Reading and writing values
 * does not belong here.
 */
@NullMarked
package io.millrace.connectors.postgres.type;

import org.jspecify.annotations.NullMarked;
