package io.millrace.server.job.run;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.SyncSpec;
import io.millrace.server.connection.Connection;
import io.millrace.server.job.Job;
import io.millrace.server.job.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes ready what an attempt syncs. */
@FunctionalInterface
public interface JobSpecs {
  /** What came of it. */
  sealed interface Prepared {
    /**
     * The attempt may begin.
     *
     * @param spec what the connection syncs: every selected stream, each named exactly
     * @param engine the bounds of the engine for this connection, but for its memory
     * @param memory how much memory its batches take
     * @param retries the bounds of retries for this connection
     * @param timeoutMax how long an attempt may take, or null
     */
    record Ready(
        SyncSpec spec,
        EngineSettings engine,
        MemoryWish memory,
        RetryPolicy retries,
        @Nullable Duration timeoutMax)
        implements Prepared {}

    /**
     * The connection was switched off meanwhile, as by a schema change; the job ends as cancelled.
     *
     * @param why a sentence for people
     */
    record SwitchedOff(String why) implements Prepared {}
  }

  /**
   * Opens both sides' configurations; on a second attempt, or after a job that failed, checks them;
   * before a sync looks for schema changes and applies the connection's policy. Called outside any
   * transaction; may block, and ends soon after an interrupt.
   *
   * @param attempt the attempt's number, from 0
   * @throws SideException when one side fails
   * @throws io.millrace.spi.ConnectorException when something else does
   */
  Prepared prepare(Job job, Connection connection, int attempt) throws InterruptedException;
}
