package io.millrace.server.output;

import io.millrace.engine.Failure;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncStatus;
import io.millrace.engine.SyncSummary;
import io.millrace.engine.UsedUpMemory;
import io.millrace.spi.ConnectorException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the sync of one pipeline ended: with a summary, or with a failure before anything began.
 *
 * @param summary what the engine says, or null
 * @param failure why nothing began, or null
 * @param duration how long it took in all
 */
public record Outcome(
    @Nullable SyncSummary summary, @Nullable Throwable failure, Duration duration) {
  /** Makes the outcome of a pipeline that never began. */
  public static Outcome failed(Throwable failure, Duration duration) {
    return new Outcome(null, failure, duration);
  }

  /** Returns succeeded, partial, failed or cancelled. */
  public SyncStatus status() {
    return summary == null ? SyncStatus.FAILED : summary.status();
  }

  /** Returns the streams that were part of it. */
  public List<StreamSummary> streams() {
    return summary == null ? List.of() : summary.streams();
  }

  /** Returns what to tell a user about a failure. */
  public static String messageOf(Throwable failure) {
    return switch (failure) {
      case ConnectorException sorted -> sorted.userMessage();
      case InterruptedException ignored -> "Stopped.";
      default -> {
        @Nullable String full = UsedUpMemory.sentence(failure);
        yield full != null ? full : unexpected(failure);
      }
    };
  }

  private static String unexpected(Throwable failure) {
    return String.format(
        Locale.ROOT,
        "Something unexpected went wrong (%s). Trying again may help.",
        ConnectorException.outside(failure.toString()));
  }

  /** Returns the code of a failure, as it stands in JSON. */
  public static String codeOf(Throwable failure) {
    if (failure instanceof ConnectorException sorted) {
      return sorted.code();
    }
    return UsedUpMemory.sentence(failure) != null ? Failure.OUT_OF_MEMORY : "unexpected";
  }
}
