package io.millrace.engine.run;

import io.millrace.engine.Cancellation;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Pause;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStore;
import io.millrace.engine.shape.SyncIds;
import io.millrace.spi.Destination;
import io.millrace.spi.Source;
import java.time.Clock;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What the streams of one sync share.
 *
 * @param syncId the sync
 * @param endedSyncId the last sync whose summary was printed; reads of it and before are over
 */
record SyncContext(
    SyncSpec spec,
    EngineSettings settings,
    Clock clock,
    Pause pause,
    SyncStore store,
    SyncListener listener,
    Cancellation cancellation,
    Source source,
    Destination destination,
    BufferAllocator allocator,
    ReaderSlots slots,
    FirstContact firstContact,
    long syncId,
    long endedSyncId) {

  /**
   * Returns the numbers that rows carry.
   *
   * @param begunBy the sync that began their read; a job's rows name the job that loads them, also
   *     where another began it
   */
  SyncIds ids(long begunBy, long generationId) {
    @Nullable Long job = spec.job();
    return new SyncIds(job == null ? begunBy : job, generationId);
  }

  /**
   * Keeps a thread that was stuck when the sync was cancelled from going on when it wakes up.
   *
   * @throws InterruptedException once the sync is cancelled
   */
  void fence() throws InterruptedException {
    if (cancellation.requested()) {
      throw new InterruptedException("the sync was cancelled meanwhile");
    }
  }

  /** Tells the listener, one event at a time. */
  void tell(SyncEvent event) {
    synchronized (listener) {
      listener.on(event);
    }
  }
}
