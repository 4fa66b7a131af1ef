package io.millrace.engine;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a stream or a sync failed.
 *
 * @param kind who acts next
 * @param origin which side failed
 * @param stage what it was doing
 * @param code stable, of few values
 * @param message one or two sentences for the user
 * @param cause the exception, for the log
 */
public record Failure(
    Kind kind, Origin origin, Stage stage, String code, String message, Throwable cause) {
  /** The code of a failure for want of memory, which nothing but more of it mends. */
  public static final String OUT_OF_MEMORY = "out_of_memory";

  /** The code of a stream of which the source has nothing left that is to be read. */
  public static final String STREAM_LOST = "stream_lost";

  /** Who acts next. */
  public enum Kind {
    /** The user. */
    CONFIG,
    /** Time: it may work later. */
    TRANSIENT,
    /** The makers of Millrace. */
    SYSTEM
  }

  /** Which side failed. */
  public enum Origin {
    SOURCE,
    DESTINATION,
    ENGINE
  }

  /** What was being done. */
  public enum Stage {
    DISCOVER,
    PLAN,
    READ,
    MAP,
    OPEN,
    WRITE,
    COMMIT,
    PUBLISH
  }

  /** Sorts an exception; one that no connector sorted is ours, or for want of memory. */
  public static Failure of(Throwable cause, Origin origin, Stage stage) {
    if (cause instanceof ConnectorException sorted) {
      return new Failure(
          kindOf(sorted), origin, stage, sorted.code(), sorted.userMessage(), sorted);
    }
    @Nullable String full = UsedUpMemory.sentence(cause);
    if (full != null) {
      return new Failure(Kind.CONFIG, origin, stage, OUT_OF_MEMORY, full, cause);
    }
    String message =
        String.format(
            Locale.ROOT,
            "Something unexpected went wrong while the sync was in stage %s at the %s (%s)."
                + " The log has the details; trying again may help.",
            stage.name().toLowerCase(Locale.ROOT),
            origin.name().toLowerCase(Locale.ROOT),
            ConnectorException.outside(cause.toString()));
    return new Failure(Kind.SYSTEM, origin, stage, "unexpected", message, cause);
  }

  private static Kind kindOf(ConnectorException sorted) {
    return switch (sorted) {
      case ConfigException ignored -> Kind.CONFIG;
      case TransientException ignored -> Kind.TRANSIENT;
      case OutcomeUnknownException ignored -> Kind.TRANSIENT;
      case SystemException ignored -> Kind.SYSTEM;
    };
  }
}
