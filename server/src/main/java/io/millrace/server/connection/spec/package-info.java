/**
 * What the engine is told of a connection.
 *
 * <p>Begin with {@link io.millrace.server.connection.spec.ConnectionSpecs}. Running the engine
 * belongs to {@code job}.
 */
@NullMarked
package io.millrace.server.connection.spec;

import org.jspecify.annotations.NullMarked;
