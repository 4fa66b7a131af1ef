/**
 * Jobs: runs of connections with their attempts, from the queue to the evidence.
 *
 * <p>Begin with {@link io.millrace.server.job.Job}. How rows move belongs to the engine; when a job
 * is due, to {@code schedule}.
 */
@NullMarked
package io.millrace.server.job;

import org.jspecify.annotations.NullMarked;
