/**
 * Runs pipelines: state, log, engine and report around one sync, from the lock to the conclusion.
 *
 * <p>Begin with {@link io.millrace.server.sync.SyncSession}. How a sync works belongs to the
 * engine, how it looks belongs to {@code output}.
 */
@NullMarked
package io.millrace.server.sync;

import org.jspecify.annotations.NullMarked;
