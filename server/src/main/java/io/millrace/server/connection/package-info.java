/**
 * Connections: which streams go from which source to which destination, how and when.
 *
 * <p>Begin with {@link io.millrace.server.connection.Connection}, then {@link
 * io.millrace.server.connection.ConnectionService}, which holds the rules. What the two APIs read
 * and write stands in {@code api}; what becomes of changed schemas, in {@code schema}; what the
 * engine is told, in {@code spec}. Running them belongs to {@code job}.
 */
@NullMarked
package io.millrace.server.connection;

import org.jspecify.annotations.NullMarked;
