package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.ConnectionView;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.json.Documents;
import java.util.List;

/** Writes the public API's {@code ConnectionResponse}. */
final class PublicConnectionJson {
  private static final List<String> CARRIED =
      List.of("cursorField", "primaryKey", "mappers", "includeFiles", "destinationObjectName");

  /** Gone from the API; the Java client 2.0.0 takes no connection without it. */
  private static final String REGION = "auto";

  private PublicConnectionJson() {}

  static ObjectNode read(ConnectionView view) {
    Connection connection = view.connection();
    ObjectNode json =
        Documents.empty()
            .put("connectionId", connection.id().toString())
            .put("name", connection.name())
            .put("sourceId", connection.source().toString())
            .put("destinationId", connection.destination().toString())
            .put("workspaceId", connection.workspace().toString())
            .put("status", connection.status().label());
    if (connection.statusReason() != null) {
      json.put("statusReason", connection.statusReason());
    }
    json.set("schedule", schedule(connection.schedule()));
    json.put("nonBreakingSchemaUpdatesBehavior", SchemaPreference.of(connection).publicLabel());
    json.put(
        "namespaceDefinition",
        connection.namespaceDefinition().equals("customformat")
            ? "custom_format"
            : connection.namespaceDefinition());
    if (connection.namespaceFormat() != null) {
      json.put("namespaceFormat", connection.namespaceFormat());
    }
    json.put("prefix", connection.prefix());
    ArrayNode streams = json.putObject("configurations").putArray("streams");
    view.streams().stream()
        .filter(ConnectionStream::selected)
        .forEach(stream -> streams.add(stream(stream)));
    json.put("dataResidency", REGION);
    json.put("createdAt", connection.createdAt().getEpochSecond());
    ArrayNode tags = json.putArray("tags");
    view.tags().forEach(tag -> tags.add(tag.json()));
    if (!view.warnings().isEmpty()) {
      json.set("warnings", StreamJson.texts(view.warnings()));
    }
    return json;
  }

  private static ObjectNode schedule(Schedule schedule) {
    ObjectNode json = Documents.empty().put("scheduleType", schedule.type());
    return switch (schedule) {
      case Schedule.Manual ignored -> json;
      case Schedule.Basic basic -> json.put(ScheduleReader.TIMING, BasicTiming.text(basic));
      case Schedule.Cron cron ->
          json.put("cronExpression", cron.expression() + " " + cron.timeZone());
    };
  }

  private static ObjectNode stream(ConnectionStream stream) {
    ObjectNode config = stream.config();
    ObjectNode json = Documents.empty().put("name", stream.name().name());
    if (stream.name().namespace() != null) {
      json.put("namespace", stream.name().namespace());
    }
    PublicSyncMode.of(config).ifPresent(mode -> json.put("syncMode", mode.label()));
    for (String member : CARRIED) {
      if (config.hasNonNull(member)) {
        json.set(member, config.get(member));
      }
    }
    if (config.path("fieldSelectionEnabled").asBoolean()) {
      json.set("selectedFields", config.path("selectedFields"));
    }
    return json;
  }
}
