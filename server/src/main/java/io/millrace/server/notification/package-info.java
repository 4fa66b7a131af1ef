/**
 * Tells people what happened: by webhook (Slack and what reads its messages), and by e-mail.
 *
 * <p>Begin with {@link io.millrace.server.notification.Notifications}. What happened is decided
 * elsewhere; who wants to know stands in the workspace's notification settings.
 */
@NullMarked
package io.millrace.server.notification;

import org.jspecify.annotations.NullMarked;
