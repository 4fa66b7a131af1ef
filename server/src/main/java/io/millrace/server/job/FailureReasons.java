package io.millrace.server.job;

import io.millrace.engine.Failure;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncSummary;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.FailureReason.Origin;
import io.millrace.server.output.Humans;
import io.millrace.server.store.StoreAwayException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in the API's terms why something failed. */
public final class FailureReasons {
  private FailureReasons() {}

  /** Somebody cancelled the job. */
  public static FailureReason cancelled(Instant at) {
    return of(Origin.PLATFORM, FailureReason.Type.CANCELLED, "This attempt was cancelled.", at);
  }

  /** The server stopped, or was killed, while the attempt ran. */
  public static FailureReason stopped(Instant at) {
    return of(
        Origin.PLATFORM,
        FailureReason.Type.SYSTEM,
        "the server stopped while this attempt ran. The next attempt goes on from the last commit.",
        at);
  }

  /**
   * What the attempt came to could not be saved: the store's disk was full, or the store was away.
   */
  public static FailureReason unsaved(RuntimeException cause, Instant at) {
    String why =
        switch (cause) {
          case ConnectorException sorted -> sorted.userMessage();
          case StoreAwayException away -> String.valueOf(away.getMessage());
          default -> "The log says why.";
        };
    return of(
        Origin.PLATFORM,
        FailureReason.Type.TRANSIENT,
        "What this attempt came to could not be saved. "
            + why
            + " The next attempt goes on from the last commit.",
        at);
  }

  /** Nothing moved for too long. */
  public static FailureReason noProgress(Duration max, Instant at) {
    return of(
        Origin.REPLICATION,
        FailureReason.Type.NO_PROGRESS,
        "No byte and no checkpoint came for "
            + Humans.plural(max.toMinutes(), "minute")
            + ", so the attempt was ended. The log shows what every thread was doing.",
        at);
  }

  /** The attempt took longer than its connection allows. */
  public static FailureReason timeout(Duration max, Instant at) {
    return of(
        Origin.REPLICATION,
        FailureReason.Type.TIMEOUT,
        "The attempt did not end within "
            + Humans.plural(max.toMinutes(), "minute")
            + ", which is the timeoutMinutes of its connection. Give it more time, or let it move"
            + " less at once.",
        at);
  }

  /** The connection was switched off before the sync began. */
  public static FailureReason switchedOff(String why, Instant at) {
    return of(Origin.PLATFORM, FailureReason.Type.CANCELLED, why, at);
  }

  /** Sorts what was thrown before a sync could begin. */
  public static FailureReason thrown(Throwable cause, Failure.Origin origin, Instant at) {
    return of(Failure.of(cause, origin, Failure.Stage.PLAN), null, at);
  }

  /**
   * Returns why the streams of a sync failed: at most {@value Attempt#FAILURES_MAX}, what the user
   * must mend first; a last one says how many are left out.
   */
  public static List<FailureReason> of(SyncSummary summary, Instant at) {
    List<FailureReason> all = new ArrayList<>();
    for (StreamSummary stream : summary.streams()) {
      if (stream.failure() != null) {
        all.add(of(stream.failure(), stream.stream(), at));
      }
    }
    all.sort(Comparator.comparingInt(reason -> reason.type() == FailureReason.Type.CONFIG ? 0 : 1));
    int kept = Attempt.FAILURES_MAX - 1;
    if (all.size() <= Attempt.FAILURES_MAX) {
      return all;
    }
    List<FailureReason> cut = new ArrayList<>(all.subList(0, kept));
    cut.add(
        of(
            Origin.PLATFORM,
            FailureReason.Type.SYSTEM,
            (all.size() - kept) + " more streams failed; the log names them.",
            at));
    return cut;
  }

  /**
   * Tells whether another attempt may bring what failed in a sync. What the user must mend ends a
   * job, but for lost streams: they hold up no other, so the rest is tried again.
   */
  public static boolean passing(SyncSummary summary) {
    List<Failure> others =
        summary.streams().stream()
            .map(StreamSummary::failure)
            .filter(Objects::nonNull)
            .filter(failure -> !failure.code().equals(Failure.STREAM_LOST))
            .toList();
    return !others.isEmpty()
        && others.stream().noneMatch(failure -> failure.kind() == Failure.Kind.CONFIG);
  }

  /**
   * The job has no more retries.
   *
   * @param used which of its bounds is used up, for people
   */
  public static FailureReason givenUp(ConnectionId connection, String used, Instant at) {
    return of(
        Origin.PLATFORM,
        FailureReason.Type.SYSTEM,
        "The job was given up after too many retries for connection "
            + connection
            + ": "
            + used
            + ". The next job goes on from the last commit.",
        at);
  }

  private static FailureReason of(Failure failure, @Nullable StreamName stream, Instant at) {
    Origin origin =
        switch (failure.origin()) {
          case SOURCE -> Origin.SOURCE;
          case DESTINATION -> Origin.DESTINATION;
          case ENGINE -> Origin.REPLICATION;
        };
    FailureReason.Type type =
        switch (failure.kind()) {
          case CONFIG -> FailureReason.Type.CONFIG;
          case TRANSIENT -> FailureReason.Type.TRANSIENT;
          case SYSTEM -> FailureReason.Type.SYSTEM;
        };
    String internal =
        failure.cause() instanceof ConnectorException sorted
            ? ConnectorException.outside(sorted.code() + ": " + sorted.internalMessage())
            : ConnectorException.outside(failure.code() + ": " + failure.cause());
    return new FailureReason(origin, type, failure.message(), internal, stream, at);
  }

  private static FailureReason of(
      Origin origin, FailureReason.Type type, String message, Instant at) {
    return new FailureReason(origin, type, message, "", null, at);
  }
}
