package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.ConnectionView;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.SyncSettings;
import io.millrace.server.connection.mapper.MapperJson;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.json.Documents;
import java.util.List;

/** Writes the Config API's {@code ConnectionRead}. */
public final class ConnectionJson {
  private static final List<String> PLAIN =
      List.of(
          "operationIds",
          "resourceRequirements",
          "dataplaneGroupId",
          "destinationCatalogId",
          SyncSettings.MEMBER);

  private ConnectionJson() {}

  /** Returns the object, with the connection's selected streams. */
  public static ObjectNode read(ConnectionView view) {
    ObjectNode json = withoutStreams(view);
    json.set(
        "syncCatalog",
        catalog(view.streams().stream().filter(ConnectionStream::selected).toList()));
    return json;
  }

  /** Returns the object but for its {@code syncCatalog}. */
  static ObjectNode withoutStreams(ConnectionView view) {
    Connection connection = view.connection();
    ObjectNode json = common(view);
    json.put("breakingChange", connection.breakingChange());
    json.put("created_at", connection.createdAt().getEpochSecond());
    if (connection.catalog() != null) {
      json.put("sourceCatalogId", connection.catalog().toString());
    }
    return json;
  }

  /** Returns what a connection has in every answer of the Config API. */
  public static ObjectNode common(ConnectionView view) {
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
    schedule(connection.schedule(), json);
    json.put("namespaceDefinition", connection.namespaceDefinition());
    if (connection.namespaceFormat() != null) {
      json.put("namespaceFormat", connection.namespaceFormat());
    }
    json.put("prefix", connection.prefix());
    details(connection, json);
    ArrayNode tags = json.putArray("tags");
    view.tags().forEach(tag -> tags.add(tag.json()));
    if (!view.warnings().isEmpty()) {
      json.set("warnings", StreamJson.texts(view.warnings()));
    }
    return json;
  }

  /** Adds {@code scheduleType}, {@code scheduleData} and the old form of a basic one. */
  public static void schedule(Schedule schedule, ObjectNode json) {
    json.put("scheduleType", schedule.type());
    switch (schedule) {
      case Schedule.Manual ignored -> {}
      case Schedule.Basic basic -> {
        json.set("scheduleData", ScheduleJson.data(basic));
        json.set("schedule", ScheduleJson.data(basic).get("basicSchedule"));
      }
      case Schedule.Cron cron -> json.set("scheduleData", ScheduleJson.data(cron));
    }
  }

  /** Returns streams as an {@code AirbyteCatalog}. */
  public static ObjectNode catalog(List<ConnectionStream> streams) {
    ObjectNode catalog = Documents.empty();
    ArrayNode array = catalog.putArray("streams");
    for (ConnectionStream stream : streams) {
      ObjectNode one = array.addObject();
      one.set("stream", stream.stream());
      ObjectNode config = stream.config().deepCopy();
      if (!config.has("aliasName")) {
        config.put("aliasName", AirbyteStreams.alias(stream.name().name()));
      }
      MapperJson.showHashedFields(config);
      one.set("config", config);
    }
    return catalog;
  }

  private static void details(Connection connection, ObjectNode json) {
    ObjectNode details = connection.details();
    // Always there: dagster-airbyte's reconciler counts them unasked.
    json.putArray("operationIds");
    for (String name : PLAIN) {
      if (details.has(name)) {
        JsonNode value = details.get(name);
        json.set(name, value);
      }
    }
    json.put("notifySchemaChanges", SchemaPreference.notifies(connection));
    json.put("notifySchemaChangesByEmail", details.path("notifySchemaChangesByEmail").asBoolean());
    json.put(SchemaPreference.MEMBER, SchemaPreference.of(connection).label());
    json.put("backfillPreference", details.path("backfillPreference").asText("disabled"));
    json.put("onDemandEnabled", details.path("onDemandEnabled").asBoolean());
  }
}
