package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.EngineSettings;
import io.millrace.server.http.Body;
import io.millrace.server.json.Documents;
import io.millrace.spi.Tuning;
import io.millrace.spi.config.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a connection's jobs run, as far as its client has a wish: the member {@code syncSettings} of
 * its details. Each has the default of the server where it is absent.
 *
 * <ul>
 *   <li>{@code batchRows}: the most rows of a batch
 *   <li>{@code batchKib}: the size that a batch aims at, in KiB
 *   <li>{@code parallelism}: how many streams, and how many of their parts, run at once
 *   <li>{@code timeoutMinutes}: an attempt that takes longer is ended
 *   <li>{@code maxRetries}: how many attempts may follow a failed one
 * </ul>
 */
public record SyncSettings(
    OptionalInt batchRows,
    OptionalInt batchKib,
    OptionalInt parallelism,
    Optional<Duration> timeout,
    OptionalInt maxRetries) {
  /** The name of the member. */
  public static final String MEMBER = "syncSettings";

  private static final String BATCH_ROWS = "batchRows";
  private static final int BATCH_ROWS_MAX = 65_536;
  private static final String BATCH_KIB = "batchKib";
  private static final int BATCH_KIB_MIN = 64;
  private static final int BATCH_KIB_MAX = 64 << 10;
  private static final String PARALLELISM = "parallelism";
  private static final int PARALLELISM_MAX = 64;
  private static final String TIMEOUT_MINUTES = "timeoutMinutes";
  private static final int TIMEOUT_MINUTES_MAX = 30 * 24 * 60;
  private static final String MAX_RETRIES = "maxRetries";
  private static final int MAX_RETRIES_MAX = 100;
  private static final List<String> NAMES =
      List.of(BATCH_ROWS, BATCH_KIB, PARALLELISM, TIMEOUT_MINUTES, MAX_RETRIES);

  /** Returns those of a connection. */
  public static SyncSettings of(Connection connection) {
    ObjectNode json =
        connection.details().get(MEMBER) instanceof ObjectNode object ? object : Documents.empty();
    OptionalInt minutes = number(json, TIMEOUT_MINUTES);
    return new SyncSettings(
        number(json, BATCH_ROWS),
        number(json, BATCH_KIB),
        number(json, PARALLELISM),
        minutes.isPresent()
            ? Optional.of(Duration.ofMinutes(minutes.getAsInt()))
            : Optional.empty(),
        number(json, MAX_RETRIES));
  }

  /** Returns the engine's bounds with those that are said here in place of the server's. */
  public EngineSettings of(EngineSettings server) {
    Tuning tuning = server.tuning();
    return server
        .withLimits(
            server.arrowBytesMax(),
            parallelism.orElse(server.streamsMax()),
            parallelism.orElse(server.readersMax()))
        .withTuning(
            tuning.withBatch(
                batchKib.isPresent() ? (long) batchKib.getAsInt() << 10 : tuning.batchBytesTarget(),
                batchRows.orElse(tuning.batchRowsMax())));
  }

  /**
   * Reads them from a request; what is wrong, or no setting, is remembered there. What they do not
   * name has the default of the server, whatever it was before.
   */
  public static ObjectNode read(Body body) {
    ObjectNode json = Documents.empty();
    body.json()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!NAMES.contains(name)) {
                body.wrong(name, "one of " + String.join(", ", NAMES) + Suggestion.of(name, NAMES));
              }
            });
    read(body, json, BATCH_ROWS, 1, BATCH_ROWS_MAX);
    read(body, json, BATCH_KIB, BATCH_KIB_MIN, BATCH_KIB_MAX);
    read(body, json, PARALLELISM, 1, PARALLELISM_MAX);
    read(body, json, TIMEOUT_MINUTES, 1, TIMEOUT_MINUTES_MAX);
    read(body, json, MAX_RETRIES, 0, MAX_RETRIES_MAX);
    return json;
  }

  private static void read(Body body, ObjectNode json, String name, int min, int max) {
    if (body.has(name)) {
      json.put(name, body.number(name, min, min, max));
    }
  }

  private static OptionalInt number(ObjectNode json, String name) {
    return json.has(name) ? OptionalInt.of(json.get(name).intValue()) : OptionalInt.empty();
  }
}
