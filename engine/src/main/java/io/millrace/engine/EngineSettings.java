package io.millrace.engine;

import io.millrace.spi.Tuning;
import java.time.Duration;

/**
 * The bounds of a sync, in one place.
 *
 * @param arrowBytesMax the most off-heap memory that batches may take in all
 * @param readerBytesReserved what one running partition is reckoned to need; with {@code
 *     arrowBytesMax} it bounds the partitions that run at once
 * @param streamsMax the most streams that run at once
 * @param readersMax the most partitions that run at once
 * @param commitBytes a partition commits after so many bytes read
 * @param commitInterval or after so much time
 * @param commitIntervalOfFiles or after so much time, where every commit ends a file
 * @param startRetriesMax retries of the first contact with source and destination
 * @param retriesMax retries of a stream without progress in between
 * @param retryWaitFirst the wait before the first retry; it doubles each time
 * @param retryWaitMax the longest wait before a retry
 * @param cancelWaitMax how long a cancelled sync waits for its threads
 * @param quarantineRowsMax a stream with more rows in quarantine in one sync fails
 * @param tuning the bounds that connectors keep
 */
public record EngineSettings(
    long arrowBytesMax,
    long readerBytesReserved,
    int streamsMax,
    int readersMax,
    long commitBytes,
    Duration commitInterval,
    Duration commitIntervalOfFiles,
    int startRetriesMax,
    int retriesMax,
    Duration retryWaitFirst,
    Duration retryWaitMax,
    Duration cancelWaitMax,
    long quarantineRowsMax,
    Tuning tuning) {
  /** More readers than processors only take turns, and each costs a connection. */
  private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  /** So many batches one partition is reckoned to hold at once, on all sides together. */
  private static final int BATCHES = 8;

  /** The defaults: they hold the whole process within 1 GiB. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          256L << 20,
          32L << 20,
          8,
          READERS,
          256L << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          2,
          8,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          10_000,
          Tuning.DEFAULT);

  /** Returns these settings with at most so many retries of a stream without progress. */
  public EngineSettings withRetries(int retries) {
    return new EngineSettings(
        arrowBytesMax,
        readerBytesReserved,
        streamsMax,
        readersMax,
        commitBytes,
        commitInterval,
        commitIntervalOfFiles,
        Math.min(startRetriesMax, retries),
        retries,
        retryWaitFirst,
        retryWaitMax,
        cancelWaitMax,
        quarantineRowsMax,
        tuning);
  }

  /** Returns these settings with another bound for the end of a cancelled sync. */
  public EngineSettings withCancelWait(Duration max) {
    return new EngineSettings(
        arrowBytesMax,
        readerBytesReserved,
        streamsMax,
        readersMax,
        commitBytes,
        commitInterval,
        commitIntervalOfFiles,
        startRetriesMax,
        retriesMax,
        retryWaitFirst,
        retryWaitMax,
        max,
        quarantineRowsMax,
        tuning);
  }

  /**
   * Returns these settings with another share of memory, and other bounds for what runs at once.
   *
   * @param bytes the most off-heap memory of batches
   * @param streams the most streams at once
   * @param readers the most partitions at once
   */
  public EngineSettings withLimits(long bytes, int streams, int readers) {
    return new EngineSettings(
        bytes,
        readerBytesReserved,
        streams,
        readers,
        commitBytes,
        commitInterval,
        commitIntervalOfFiles,
        startRetriesMax,
        retriesMax,
        retryWaitFirst,
        retryWaitMax,
        cancelWaitMax,
        quarantineRowsMax,
        tuning);
  }

  /**
   * Returns these settings within so much memory: as many partitions at once as it holds, and
   * batches small enough that one partition's fit.
   */
  public EngineSettings within(long bytes) {
    EngineSettings bounded = withLimits(bytes, streamsMax, readersMax);
    long batch = Math.min(tuning.batchBytesTarget(), bytes / bounded.readersAllowed() / BATCHES);
    return bounded.withTuning(tuning.withBatch(Math.max(1, batch), tuning.batchRowsMax()));
  }

  /** Returns these settings with other bounds for connectors. */
  public EngineSettings withTuning(Tuning other) {
    return new EngineSettings(
        arrowBytesMax,
        readerBytesReserved,
        streamsMax,
        readersMax,
        commitBytes,
        commitInterval,
        commitIntervalOfFiles,
        startRetriesMax,
        retriesMax,
        retryWaitFirst,
        retryWaitMax,
        cancelWaitMax,
        quarantineRowsMax,
        other);
  }

  /** Returns how many partitions may run at once. */
  public int readersAllowed() {
    return (int) Math.max(1, Math.min(readersMax, arrowBytesMax / readerBytesReserved));
  }
}
