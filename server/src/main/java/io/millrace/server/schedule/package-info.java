/**
 * When connections run by themselves.
 *
 * <p>Begin with {@link io.millrace.server.schedule.Scheduler}; {@link
 * io.millrace.server.schedule.NextRun} holds the rules. What an expression means belongs to {@code
 * cron}, running a job to {@code job}.
 */
@NullMarked
package io.millrace.server.schedule;

import org.jspecify.annotations.NullMarked;
