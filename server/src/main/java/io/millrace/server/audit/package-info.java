/**
 * The audit trail: who changed what, when, and how it was afterwards.
 *
 * <p>Begin with {@link io.millrace.server.audit.Audit}, which every feature calls in the
 * transaction of its change. What happens by itself (jobs, schedules) is no change of a
 * configuration and belongs to the timeline of its connection.
 */
@NullMarked
package io.millrace.server.audit;

import org.jspecify.annotations.NullMarked;
