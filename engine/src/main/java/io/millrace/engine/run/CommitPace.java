package io.millrace.engine.run;

import io.millrace.engine.EngineSettings;
import io.millrace.spi.DestinationTraits;
import java.time.Duration;

/**
 * When a partition commits on its way.
 *
 * @param bytes after so many bytes read
 * @param interval or after so much time
 */
record CommitPace(long bytes, Duration interval) {
  /** Returns the pace for a destination: where commits end files, they are fewer and larger. */
  static CommitPace of(EngineSettings settings, DestinationTraits traits) {
    return traits.commitBytes() == 0
        ? new CommitPace(settings.commitBytes(), settings.commitInterval())
        : new CommitPace(
            Math.max(settings.commitBytes(), traits.commitBytes()),
            settings.commitIntervalOfFiles());
  }

  /** Tells whether a commit is due. */
  boolean due(long bytesRead, Duration waited) {
    return bytesRead >= bytes || waited.compareTo(interval) >= 0;
  }
}
