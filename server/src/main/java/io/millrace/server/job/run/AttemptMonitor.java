package io.millrace.server.job.run;

import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncProgress;
import io.millrace.server.job.AttemptStore;
import io.millrace.server.job.AttemptStream;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.job.Stats;
import io.millrace.server.job.StreamRunState;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears a sync and keeps its counts: per stream and in all, what this attempt added and what the
 * sync has come to. Thread-safe.
 */
final class AttemptMonitor implements SyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptMonitor.class);

  private final Database database;
  private final Clock clock;
  private final Claim claim;
  private final Map<StreamName, AttemptStream> before;
  private final AttemptStore attempts = new AttemptStore();
  private final Map<StreamName, AttemptStream> kept = new HashMap<>();
  private volatile @Nullable SyncProgress progress;
  private long moved;
  private boolean waiting;
  private Instant movedAt;

  /**
   * Makes a monitor.
   *
   * @param before what the sync had come to before this attempt
   */
  AttemptMonitor(
      Database database, Clock clock, Claim claim, Map<StreamName, AttemptStream> before) {
    this.database = database;
    this.clock = clock;
    this.claim = claim;
    this.before = Map.copyOf(before);
    this.movedAt = clock.instant();
  }

  @Override
  public void on(SyncEvent event) {
    switch (event) {
      case SyncEvent.Started started -> {
        LOG.atInfo()
            .addKeyValue("sync", started.syncId())
            .addKeyValue("resumed", started.resumed())
            .log("sync_started");
        progress = started.progress();
      }
      case SyncEvent.StreamStarted stream ->
          LOG.atInfo()
              .addKeyValue("stream", stream.stream().display())
              .addKeyValue("target", stream.target())
              .log("stream_started");
      case SyncEvent.Noticed noticed ->
          LOG.atWarn().addKeyValue("code", noticed.notice().code()).log(noticed.notice().message());
      // The engine's own lines say the rest.
      case SyncEvent.StreamEnded ignored -> {}
      case SyncEvent.Retrying ignored -> {}
    }
  }

  /** Returns since when no byte, no checkpoint and no heartbeat of a long call came. */
  synchronized Instant movedAt() {
    List<StreamProgress> now = streams();
    long sum = heartbeats();
    for (StreamProgress one : now) {
      sum += one.tally().bytesRead() + one.tally().rowsRead() + one.commits();
      sum += one.partitions() + one.time().publishNanos();
      sum += one.status() == StreamStatus.PENDING ? 0 : 1;
    }
    if (sum != moved || waiting) {
      moved = sum;
      movedAt = clock.instant();
    }
    return movedAt;
  }

  /** Says that the attempt waits for its turn, which is no lack of progress, or no longer does. */
  synchronized void waits(boolean now) {
    waiting = now;
    movedAt = clock.instant();
  }

  /** Tells whether this attempt made any row or partition durable. */
  boolean progressed() {
    return streams().stream().anyMatch(one -> one.commits() > 0);
  }

  /** Writes what has changed since the last call; nothing once the attempt has ended. */
  synchronized void save() {
    Instant now = clock.instant();
    List<AttemptStream> changed = new ArrayList<>();
    for (StreamProgress one : streams()) {
      if (one.status() != StreamStatus.PENDING) {
        AttemptStream next = streamOf(one, now);
        if (!next.equals(kept.get(one.stream()))) {
          changed.add(next);
        }
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    Map<StreamName, AttemptStream> all = new HashMap<>(kept);
    changed.forEach(one -> all.put(one.stream(), one));
    Stats total = all.values().stream().map(AttemptStream::own).reduce(Stats.ZERO, Stats::plus);
    database.change(
        tx -> {
          if (attempts.saveStats(tx, claim.job().id(), claim.attempt(), total, now)) {
            attempts.saveStreams(tx, changed, now);
          }
        });
    kept.putAll(all);
  }

  private AttemptStream streamOf(StreamProgress one, Instant now) {
    @Nullable AttemptStream last = kept.get(one.stream());
    StreamRunState state = stateOf(one.status());
    @Nullable AttemptStream earlier = before.get(one.stream());
    Stats whole = whole(one, earlier);
    return new AttemptStream(
        claim.job().id(),
        claim.attempt(),
        one.stream(),
        state,
        own(one, earlier, whole),
        whole,
        Evidence.of(one, earlier == null ? Map.of() : Evidence.nulled(earlier.evidence())),
        last != null && last.state() == state ? last.transitionedAt() : now);
  }

  private static Stats whole(StreamProgress one, @Nullable AttemptStream earlier) {
    return earlier != null && unopened(one) ? earlier.whole() : Evidence.stats(one);
  }

  private static Stats own(StreamProgress one, @Nullable AttemptStream earlier, Stats whole) {
    if (earlier == null) {
      return whole;
    }
    return unopened(one) ? Stats.ZERO : whole.since(earlier.whole());
  }

  /** Tells whether it is not known yet, in this attempt, what is durable of the stream. */
  private static boolean unopened(StreamProgress one) {
    return one.partitions() == 0 && one.commits() == 0 && one.tally().equals(Tally.ZERO);
  }

  private List<StreamProgress> streams() {
    @Nullable SyncProgress known = progress;
    return known == null ? List.of() : known.streams();
  }

  private long heartbeats() {
    @Nullable SyncProgress known = progress;
    return known == null ? 0 : known.heartbeats();
  }

  private static StreamRunState stateOf(StreamStatus status) {
    return switch (status) {
      case PENDING, RUNNING -> StreamRunState.RUNNING;
      case SUCCEEDED -> StreamRunState.COMPLETE;
      case FAILED -> StreamRunState.INCOMPLETE;
      case CANCELLED -> StreamRunState.CANCELLED;
    };
  }
}
