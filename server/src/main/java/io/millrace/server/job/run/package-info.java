/**
 * Runs jobs: the queue, the workers, one attempt on the engine, its deadline and its evidence.
 *
 * <p>Begin with {@link io.millrace.server.job.run.JobWorkers}, then {@link
 * io.millrace.server.job.run.SyncJobRunner}. What a connection syncs comes through {@link
 * io.millrace.server.job.run.JobSpecs}, where it remembers its states through {@link
 * io.millrace.server.job.run.SyncStores}; neither belongs here.
 */
@NullMarked
package io.millrace.server.job.run;

import org.jspecify.annotations.NullMarked;
