/**
 * What is kept, for how long and up to how many bytes, and what happens when the disk is full all
 * the same.
 *
 * <p>Begin with {@link io.millrace.server.retention.RetentionSettings}: every bound stands there.
 * {@link io.millrace.server.retention.Retention} removes what is beyond them, {@link
 * io.millrace.server.retention.DiskWatch} holds back new jobs, {@link
 * io.millrace.server.retention.FlightRecorder} records what the process did before a job failed. No
 * feature deletes its own history on a timer elsewhere.
 */
@NullMarked
package io.millrace.server.retention;

import org.jspecify.annotations.NullMarked;
