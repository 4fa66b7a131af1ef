/**
 * Cron expressions: read, checked, described, and when they fire in a time zone.
 *
 * <p>Begin with {@link io.millrace.server.cron.CronExpression}; what an API takes goes through
 * {@link io.millrace.server.cron.CronRules}. Which connection runs when belongs to {@code
 * schedule}.
 */
@NullMarked
package io.millrace.server.cron;

import org.jspecify.annotations.NullMarked;
