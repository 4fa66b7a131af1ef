package io.millrace.server.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of a pipeline beside what happens.
 *
 * @param pipeline its name
 * @param source the source connector's name
 * @param destination the destination connector's name
 * @param log the log file; null where none could be opened
 * @param mask hides the pipeline's secrets
 */
public record RunInfo(
    String pipeline, String source, String destination, @Nullable Path log, SecretMask mask) {
  /** Returns this of a pipeline whose log could not be opened. */
  public RunInfo withoutLog() {
    return new RunInfo(pipeline, source, destination, null, mask);
  }

  /** Returns the log file if it is there. */
  Optional<Path> presentLog() {
    return Optional.ofNullable(log).filter(Files::isRegularFile);
  }

  /** Returns the line that leads to the log, if there is one. */
  Optional<String> logLine() {
    return presentLog().map(file -> "The log has the details: " + file);
  }
}
