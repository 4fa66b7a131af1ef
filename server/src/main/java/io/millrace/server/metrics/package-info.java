/**
 * What monitoring reads: metrics for Prometheus, liveness and readiness.
 *
 * <p>Begin with {@link io.millrace.server.metrics.Metrics}. A metric has no label whose values grow
 * with the number of connections.
 */
@NullMarked
package io.millrace.server.metrics;

import org.jspecify.annotations.NullMarked;
