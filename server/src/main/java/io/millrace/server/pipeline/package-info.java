/**
 * What a user asks for, in four forms (one line, a file, Airbyte's files, a connector alone), read
 * into one: {@link io.millrace.server.pipeline.Pipeline}.
 *
 * <p>Begin with {@link io.millrace.server.pipeline.PipelineFile}. Every mistake of a file is told
 * in one sentence with its path. Running a pipeline does not belong here.
 */
@NullMarked
package io.millrace.server.pipeline;

import org.jspecify.annotations.NullMarked;
