package io.millrace.server.job.prepare;

import io.millrace.engine.EngineSettings;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.SyncSettings;

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
    EngineSettings server =
        EngineSettings.DEFAULT
            .withRetries(RETRIES)
            .withLimits(ARROW_BYTES / jobsMax, STREAMS, READERS);
    return SyncSettings.of(connection).of(server);
  }
}
