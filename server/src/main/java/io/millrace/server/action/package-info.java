/**
 * What follows the end of a connection's job: another connection that starts, a webhook, SQL at the
 * destination.
 *
 * <p>Begin with {@link io.millrace.server.action.Action}; {@link
 * io.millrace.server.action.ActionRunner} does them, at least once each. Messages to people belong
 * to {@code notification}.
 */
@NullMarked
package io.millrace.server.action;

import org.jspecify.annotations.NullMarked;
