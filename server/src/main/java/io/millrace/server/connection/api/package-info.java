/**
 * Connections as the two APIs read and write them.
 *
 * <p>Begin with {@link io.millrace.server.connection.api.ConnectionEndpoints} for the Config API
 * and {@link io.millrace.server.connection.api.PublicConnectionEndpoints} for the public one. The
 * rules that hold for both stand in the service above.
 */
@NullMarked
package io.millrace.server.connection.api;

import org.jspecify.annotations.NullMarked;
