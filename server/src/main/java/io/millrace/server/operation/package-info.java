/**
 * Operations of the Config API: webhooks that a connection's clients attach to it.
 *
 * <p>Begin with {@link io.millrace.server.operation.OperationService}. They are stored and shown,
 * so that what clients wrote comes back; running actions after a sync belongs to {@code job}.
 */
@NullMarked
package io.millrace.server.operation;

import org.jspecify.annotations.NullMarked;
