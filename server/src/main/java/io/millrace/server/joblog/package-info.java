/**
 * The logs of jobs: what was said on the threads of an attempt, kept within bounds, read, followed,
 * downloaded and searched.
 *
 * <p>Begin with {@link io.millrace.server.joblog.JobLogs}. Which thread belongs to which attempt is
 * said by the logging context ({@link io.millrace.server.joblog.JobLogAppender}); the server's own
 * log is a file of package {@code log}.
 */
@NullMarked
package io.millrace.server.joblog;

import org.jspecify.annotations.NullMarked;
