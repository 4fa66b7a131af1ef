/**
 * The PostgreSQL connectors: what the program finds of them, and their URI.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.PostgresPlugin}. What the source and the
 * destination share is in {@code connect} and {@code type}; neither uses the other.
 */
@NullMarked
package io.millrace.connectors.postgres;

import org.jspecify.annotations.NullMarked;
