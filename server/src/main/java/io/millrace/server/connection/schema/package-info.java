/**
 * What becomes of a connection when its source's schema has changed: the difference, and what the
 * connection's preference makes of it.
 *
 * <p>Begin with {@link io.millrace.server.connection.schema.SchemaChangeCheck}, which a job calls
 * before it syncs. The difference and the policy are pure. Asking the source does not belong here.
 */
@NullMarked
package io.millrace.server.connection.schema;

import org.jspecify.annotations.NullMarked;
