package io.millrace.server.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The {@code jobInfo} of what a connector did while a request waited. */
public final class JobReport {
  private JobReport() {}

  /** What was done. */
  public enum Kind {
    SPEC("get_spec"),
    CHECK_SOURCE("check_connection_source"),
    CHECK_DESTINATION("check_connection_destination"),
    DISCOVER("discover_schema");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns what a check of this side is. */
    public static Kind check(Side side) {
      return side == Side.SOURCE ? CHECK_SOURCE : CHECK_DESTINATION;
    }
  }

  /**
   * Returns the report of work that the connector did, whatever came of it.
   *
   * @param configId the definition id
   * @param lines the log, for people
   */
  public static ObjectNode done(
      Kind kind, String configId, Instant began, Instant ended, List<String> lines) {
    ObjectNode json =
        Documents.empty()
            .put("id", UUID.randomUUID().toString())
            .put("configType", kind.label)
            .put("configId", configId)
            .put("createdAt", began.getEpochSecond())
            .put("endedAt", ended.getEpochSecond())
            .put("succeeded", true)
            .put("connectorConfigurationUpdated", false)
            .put("logType", "formatted");
    json.putObject("logs").put("version", "2").putArray("events");
    json.withObjectProperty("logs")
        .putArray("logLines")
        .addAll(lines.stream().map(Documents.MAPPER.getNodeFactory()::textNode).toList());
    return json;
  }

  /** Returns the report of an answer that was at hand already. */
  public static ObjectNode cached(Kind kind) {
    return done(kind, "NoConfiguration", Instant.EPOCH, Instant.EPOCH, List.of());
  }

  /** Turns a report into one of work that failed. */
  public static ObjectNode failed(
      ObjectNode report, Side origin, ConnectorException failure, Instant at) {
    report.put("succeeded", false);
    report.set("failureReason", failure(origin, failure, at));
    return report;
  }

  /**
   * Returns a {@code FailureReason}.
   *
   * @param origin whose connector failed; null for the program itself
   */
  public static ObjectNode failure(@Nullable Side origin, ConnectorException failure, Instant at) {
    return Documents.empty()
        .put("failureOrigin", origin == null ? "airbyte_platform" : origin.label())
        .put("failureType", type(failure))
        .put("externalMessage", failure.userMessage())
        .put("internalMessage", failure.code())
        .put("retryable", !(failure instanceof ConfigException))
        .put("timestamp", at.toEpochMilli());
  }

  private static String type(ConnectorException failure) {
    return switch (failure) {
      case ConfigException ignored -> "config_error";
      case TransientException ignored -> "transient_error";
      case OutcomeUnknownException ignored -> "transient_error";
      case SystemException ignored -> "system_error";
    };
  }
}
