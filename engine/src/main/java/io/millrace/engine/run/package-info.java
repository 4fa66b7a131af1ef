/**
 * Runs the streams and partitions of one sync: threads, retries, commits and counts.
 *
 * <p>Begin with {@link io.millrace.engine.run.SyncRun}; a stream's way from plan to publication is
 * in {@link io.millrace.engine.run.StreamRun}, a partition's in {@link
 * io.millrace.engine.run.PartitionRun}.
 */
@NullMarked
package io.millrace.engine.run;

import org.jspecify.annotations.NullMarked;
