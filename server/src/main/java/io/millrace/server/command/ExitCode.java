package io.millrace.server.command;

import io.millrace.engine.Failure;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncSummary;
import io.millrace.server.output.Outcome;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.util.List;
import java.util.Set;

/** What the process ends with. */
public final class ExitCode {
  /** Everything asked for was done. */
  public static final int OK = 0;

  /** The arguments, a configuration, or anything seen wrong before the first row. */
  public static final int USAGE = 2;

  /** Some or all streams failed, or something unexpected went wrong. */
  public static final int FAILED = 3;

  /** Every failure is one that may pass: trying again can help. */
  public static final int TRANSIENT = 4;

  /** Stopped by the user. */
  public static final int INTERRUPTED = 130;

  /** Neither a mistake seen before the first row nor mended by time: somebody has to make room. */
  private static final Set<String> ROOM_WANTED = Set.of("disk_full", Failure.OUT_OF_MEMORY);

  /** The same however it is found: as a command begins, or while it works. */
  private static final String DAMAGED = "store_damaged";

  private ExitCode() {}

  /** Returns the code for a failure that ended a command. */
  static int of(Throwable failure) {
    return switch (failure) {
      case ConnectorException sorted -> of(sorted);
      case InterruptedException ignored -> INTERRUPTED;
      default -> FAILED;
    };
  }

  private static int of(ConnectorException failure) {
    if (ROOM_WANTED.contains(failure.code())) {
      return FAILED;
    }
    if (DAMAGED.equals(failure.code())) {
      return USAGE;
    }
    return switch (failure) {
      case ConfigException ignored -> USAGE;
      case TransientException ignored -> TRANSIENT;
      case OutcomeUnknownException ignored -> TRANSIENT;
      case SystemException ignored -> FAILED;
    };
  }

  /** Returns the code for a failure of one kind alone. */
  static int of(Failure.Kind kind) {
    return switch (kind) {
      case CONFIG -> USAGE;
      case TRANSIENT -> TRANSIENT;
      case SYSTEM -> FAILED;
    };
  }

  /** Returns the code for the sync of one pipeline. */
  static int of(Outcome outcome) {
    if (outcome.failure() != null) {
      return of(outcome.failure());
    }
    SyncSummary summary = outcome.summary();
    return switch (outcome.status()) {
      case SUCCEEDED -> OK;
      case CANCELLED -> INTERRUPTED;
      case PARTIAL, FAILED -> {
        if (summary == null || roomWanted(summary)) {
          yield FAILED;
        }
        if (summary.onlyConfigFailuresBeforeFirstRow()) {
          yield USAGE;
        }
        yield summary.onlyTransientFailures() ? TRANSIENT : FAILED;
      }
    };
  }

  private static boolean roomWanted(SyncSummary summary) {
    return summary.streams().stream()
        .map(StreamSummary::failure)
        .anyMatch(failure -> failure != null && ROOM_WANTED.contains(failure.code()));
  }

  /** Returns the code for several pipelines: the one that all failures share, else a failure's. */
  static int ofAll(List<Integer> codes) {
    if (codes.contains(INTERRUPTED)) {
      return INTERRUPTED;
    }
    List<Integer> failures = codes.stream().filter(code -> code != OK).distinct().toList();
    return switch (failures.size()) {
      case 0 -> OK;
      case 1 -> failures.getFirst();
      default -> FAILED;
    };
  }
}
