/**
 * How both connectors reach a PostgreSQL server: the shared configuration, TLS, SSH tunnels,
 * bounded sessions, and the translation of failures.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.connect.PgConnections}. Statements about
 * tables and the conversion of values do not belong here.
 */
@NullMarked
package io.millrace.connectors.postgres.connect;

import org.jspecify.annotations.NullMarked;
