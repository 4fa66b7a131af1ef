/**
 * The calls of both APIs about jobs: starting, cancelling, listing them, and what their attempts
 * did.
 *
 * <p>Begin with {@link io.millrace.server.job.api.JobEndpoints}. Rules belong to {@code job}; here
 * are shapes and queries alone.
 */
@NullMarked
package io.millrace.server.job.api;

import org.jspecify.annotations.NullMarked;
