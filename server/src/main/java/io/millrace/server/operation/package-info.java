/**
 * Operations of the Config API: webhooks that a connection's clients attach to it.
 *
 * <p>Begin with {@link io.millrace.server.operation.OperationService}; {@link
 * io.millrace.server.operation.OperationCalls} does what one says. When that is, and what happens
 * when it fails, belongs to {@code action}.
 */
@NullMarked
package io.millrace.server.operation;

import org.jspecify.annotations.NullMarked;
