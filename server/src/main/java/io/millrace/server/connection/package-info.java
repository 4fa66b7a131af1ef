/**
 * Connections: which streams go from which source to which destination, how and when.
 *
 * <p>Begin with {@link io.millrace.server.connection.Connection}. Running them belongs to {@code
 * job}.
 */
@NullMarked
package io.millrace.server.connection;

import org.jspecify.annotations.NullMarked;
