package io.millrace.server.job.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.EngineSettings;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.Resources;
import io.millrace.server.connection.SyncSettings;
import io.millrace.server.job.JobType;
import io.millrace.server.job.run.MemoryWish;
import java.util.List;

/**
 * The bounds of a job's engine: what the server gives by itself, and what a connection and its ends
 * wish within that.
 *
 * @param memoryMax bytes for the batches of all jobs together
 * @param jobsMax the most jobs that run at once
 */
public record JobLimits(long memoryMax, int jobsMax) {
  private static final int STREAMS = 4;
  private static final int READERS = 3;

  /** The engine's own retries; beyond them an attempt fails and the job's retries take over. */
  private static final int RETRIES = 3;

  /**
   * Returns what a job may use: its connection's wish, then the source's, then the destination's.
   *
   * @param source the source's {@code resourceAllocation}
   * @param destination the destination's
   */
  static Resources resources(
      Connection connection, JobType type, JsonNode source, JsonNode destination) {
    List<String> types =
        type == JobType.RESET_CONNECTION
            ? List.of("reset_connection")
            : List.of("sync", "replicate");
    return Resources.of(connection.details().path(Resources.MEMBER))
        .or(Resources.ofScoped(source, types))
        .or(Resources.ofScoped(destination, types));
  }

  /** Returns how much memory a job takes; without a wish an equal share, or what is left of one. */
  MemoryWish memory(Resources resources) {
    long usual = memoryMax / jobsMax;
    long most = bounded(resources.memoryAtMost().orElse(Long.MIN_VALUE), usual);
    long least = bounded(resources.memoryAtLeast().orElse(Long.MIN_VALUE), usual / 3);
    boolean limited = resources.memoryAtMost().isPresent();
    return limited
        ? new MemoryWish(Math.min(least, most), most)
        : new MemoryWish(least, Math.max(least, most));
  }

  private long bounded(long wish, long usual) {
    return Math.clamp(
        wish == Long.MIN_VALUE ? usual : wish,
        Math.min(Resources.MEMORY_MIN, memoryMax),
        memoryMax);
  }

  /** Returns the bounds of a connection's jobs, but for the memory, which is shared out later. */
  EngineSettings engine(Connection connection, Resources resources) {
    EngineSettings server =
        EngineSettings.DEFAULT
            .withRetries(RETRIES)
            .withLimits(memoryMax / jobsMax, STREAMS, READERS);
    EngineSettings wished = SyncSettings.of(connection).of(server);
    int busy = resources.processors().orElse(Integer.MAX_VALUE);
    return wished.withLimits(
        wished.arrowBytesMax(),
        Math.min(wished.streamsMax(), busy),
        Math.min(wished.readersMax(), busy));
  }
}
