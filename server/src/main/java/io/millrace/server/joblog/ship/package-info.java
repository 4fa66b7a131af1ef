/**
 * Sends the lines of jobs' logs to Elasticsearch or OpenSearch as well, where that is wanted.
 *
 * <p>Begin with {@link io.millrace.server.joblog.ship.LogShipper}. The logs on disk are the ones
 * that count: nothing is read from the cluster, and no job waits for it.
 */
@NullMarked
package io.millrace.server.joblog.ship;

import org.jspecify.annotations.NullMarked;
