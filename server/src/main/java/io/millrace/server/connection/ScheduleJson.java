package io.millrace.server.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.Locale;

/** A schedule as the API's {@code scheduleData}, the form in which it is stored, too. */
public final class ScheduleJson {
  private ScheduleJson() {}

  /** Returns the schedule's data; an empty object for a manual one. */
  public static ObjectNode data(Schedule schedule) {
    ObjectNode data = Documents.empty();
    switch (schedule) {
      case Schedule.Manual ignored -> {}
      case Schedule.Basic basic ->
          data.putObject("basicSchedule")
              .put("timeUnit", basic.timeUnit().label())
              .put("units", basic.units());
      case Schedule.Cron cron ->
          data.putObject("cron")
              .put("cronExpression", cron.expression())
              .put("cronTimeZone", cron.timeZone());
    }
    return data;
  }

  /** Reads what {@link #data} wrote. */
  public static Schedule read(JsonNode data) {
    if (data.has("basicSchedule")) {
      JsonNode basic = data.get("basicSchedule");
      String unit = basic.get("timeUnit").textValue().toUpperCase(Locale.ROOT);
      return new Schedule.Basic(basic.get("units").longValue(), Schedule.TimeUnit.valueOf(unit));
    }
    if (data.has("cron")) {
      JsonNode cron = data.get("cron");
      return new Schedule.Cron(
          cron.get("cronExpression").textValue(), cron.get("cronTimeZone").textValue());
    }
    return new Schedule.Manual();
  }
}
