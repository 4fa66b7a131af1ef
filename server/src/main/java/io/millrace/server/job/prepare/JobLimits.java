package io.millrace.server.job.prepare;

import io.millrace.engine.EngineSettings;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.SyncSettings;
import io.millrace.spi.Tuning;

/**
 * The bounds of a job's engine: the server's memory shared among the jobs that run at once, and
 * what a connection wishes within it.
 *
 * @param jobsMax the most jobs that run at once
 */
public record JobLimits(int jobsMax) {
  /** Off-heap memory for the batches of all jobs together. */
  private static final long ARROW_BYTES = 288L << 20;

  private static final int STREAMS = 4;
  private static final int READERS = 3;

  /** The engine's own retries; beyond them an attempt fails and the job's retries take over. */
  private static final int RETRIES = 3;

  /** Returns the bounds of a connection's jobs. */
  EngineSettings of(Connection connection) {
    SyncSettings wish = SyncSettings.of(connection);
    Tuning usual = Tuning.DEFAULT;
    Tuning tuning =
        new Tuning(
            wish.batchKib().isPresent()
                ? (long) wish.batchKib().getAsInt() << 10
                : usual.batchBytesTarget(),
            wish.batchRows().orElse(usual.batchRowsMax()),
            usual.connectionsMax());
    return EngineSettings.DEFAULT
        .withRetries(RETRIES)
        .withLimits(
            ARROW_BYTES / jobsMax,
            wish.parallelism().orElse(STREAMS),
            wish.parallelism().orElse(READERS))
        .withTuning(tuning);
  }
}
