package io.millrace.server.state;

import io.millrace.spi.StreamName;
import java.nio.file.Path;

/**
 * Where one pipeline's files lie.
 *
 * @param pipeline the pipeline's name
 * @param root the folder
 */
public record StateFolder(String pipeline, Path root) {
  /** The folder beside the pipeline file that holds every pipeline's folder. */
  public static final String DEFAULT_PARENT = ".millrace";

  /**
   * Returns the folder of a pipeline.
   *
   * @param parent the folder that holds every pipeline's folder
   */
  public static StateFolder of(Path parent, String pipeline) {
    return new StateFolder(pipeline, parent.resolve(PathSafe.of(pipeline)));
  }

  /** Which syncs began and ended. */
  Path connection() {
    return root.resolve("pipeline.json");
  }

  /** One file a stream. */
  Path streams() {
    return root.resolve("streams");
  }

  /** What is known of a stream. */
  Path stream(StreamName name) {
    return streams().resolve(PathSafe.of(name) + StreamFiles.SUFFIX);
  }

  /** The versions of a stream's state. */
  Path history(StreamName name) {
    return root.resolve("history").resolve(PathSafe.of(name) + ".jsonl");
  }

  /** The rows of a stream in quarantine. */
  Path quarantine(StreamName name) {
    return quarantine().resolve(PathSafe.of(name) + ".jsonl");
  }

  /** One file a stream that has rows in quarantine. */
  Path quarantine() {
    return root.resolve("quarantine");
  }

  /** Held by the process that syncs the pipeline. */
  Path lock() {
    return root.resolve("lock");
  }

  /** The log files. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Temporary files of a running sync. */
  public Path temporary() {
    return root.resolve("tmp");
  }
}
