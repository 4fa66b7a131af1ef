/**
 * What pipelines remember, as files that people can read and edit: one folder a pipeline, one file
 * a stream, every version of its state, and the rows in quarantine.
 *
 * <p>Begin with {@link io.millrace.server.state.FileSyncStore}; {@link
 * io.millrace.server.state.StateFolder} says what lies where. What the engine does with a memory
 * does not belong here.
 */
@NullMarked
package io.millrace.server.state;

import org.jspecify.annotations.NullMarked;
