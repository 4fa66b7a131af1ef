package io.millrace.server.output;

import java.nio.file.Path;

/**
 * What a report says of a pipeline beside what happens.
 *
 * @param pipeline its name
 * @param source the source connector's name
 * @param destination the destination connector's name
 * @param log the log file
 * @param mask hides the pipeline's secrets
 */
public record RunInfo(
    String pipeline, String source, String destination, Path log, SecretMask mask) {}
