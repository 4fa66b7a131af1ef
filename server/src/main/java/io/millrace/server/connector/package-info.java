/**
 * The connectors this program has: found, listed, configured and opened.
 *
 * <p>Begin with {@link io.millrace.server.connector.ConnectorRegistry}. What one connector does
 * belongs to that connector; nothing here names one but the defaults for plain paths and the names
 * that clients of the HTTP APIs know.
 */
@NullMarked
package io.millrace.server.connector;

import org.jspecify.annotations.NullMarked;
