package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.server.connection.Schedule;
import io.millrace.server.cron.CronException;
import io.millrace.server.cron.ZonedCron;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.Arrays;
import java.util.List;

/**
 * A schedule as a file says it: {@code manual}, {@code {every: 6, unit: hours}} or {@code {cron: "0
 * 6 * * *", time_zone: Europe/Paris}}.
 */
final class ScheduleEntry {
  private ScheduleEntry() {}

  /** Returns the entry of a connection of the API. */
  static JsonNode of(JsonNode connection) {
    JsonNode data = connection.path("scheduleData");
    return switch (connection.path("scheduleType").asText("manual")) {
      case "basic" ->
          Documents.empty()
              .put("every", data.path("basicSchedule").path("units").asLong())
              .put("unit", data.path("basicSchedule").path("timeUnit").asText());
      case "cron" ->
          Documents.empty()
              .put("cron", data.path("cron").path("cronExpression").asText())
              .put("time_zone", data.path("cron").path("cronTimeZone").asText());
      default -> TextNode.valueOf("manual");
    };
  }

  /** Puts an entry into a connection for the API. */
  static void into(ObjectNode connection, JsonNode entry) {
    if (entry.path("cron").isTextual()) {
      connection.put("scheduleType", "cron");
      connection
          .putObject("scheduleData")
          .putObject("cron")
          .put("cronExpression", entry.path("cron").asText())
          .put("cronTimeZone", entry.path("time_zone").asText("UTC"));
    } else if (entry.path("every").canConvertToLong()) {
      connection.put("scheduleType", "basic");
      connection
          .putObject("scheduleData")
          .putObject("basicSchedule")
          .put("units", entry.path("every").asLong())
          .put("timeUnit", entry.path("unit").asText("hours"));
    } else if (entry.isMissingNode() || entry.asText().equals("manual")) {
      connection.put("scheduleType", "manual");
    } else {
      throw new ConfigException(
          "workspace_file",
          "The schedule "
              + entry
              + " cannot be read; expected manual, {every: 6, unit: hours} or"
              + " {cron: \"0 6 * * *\", time_zone: UTC}.");
    }
  }

  /**
   * Sees that a server will take an entry.
   *
   * @throws ConfigException when it will not
   */
  static void check(JsonNode entry) {
    into(Documents.empty(), entry);
    if (entry.path("cron").isTextual()) {
      try {
        ZonedCron.parse(entry.path("cron").asText(), entry.path("time_zone").asText("UTC"));
      } catch (CronException e) {
        throw new ConfigException("workspace_file", e.sentence());
      }
    } else if (entry.has("every")) {
      String unit = entry.path("unit").asText("hours");
      List<String> units =
          Arrays.stream(Schedule.TimeUnit.values()).map(Schedule.TimeUnit::label).toList();
      if (entry.path("every").asLong() < 1 || !units.contains(unit)) {
        throw new ConfigException(
            "workspace_file",
            "The schedule "
                + entry
                + " cannot be kept; expected every as a number from 1, and unit as one of "
                + String.join(", ", units)
                + ".");
      }
    }
  }
}
