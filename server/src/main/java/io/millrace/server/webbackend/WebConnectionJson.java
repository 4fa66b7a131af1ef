package io.millrace.server.webbackend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.ConnectionView;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.connection.api.ConnectionJson;
import io.millrace.server.job.JobStatus;
import io.millrace.server.json.Documents;
import io.millrace.server.tag.Tag;
import java.util.List;
import java.util.Map;

/** Writes the shapes of the web backend's answers. */
final class WebConnectionJson {
  private final ActorViews views;

  WebConnectionJson(ActorViews views) {
    this.views = views;
  }

  /** Returns a connection with both its ends. */
  ObjectNode whole(
      ConnectionView view, List<ConnectionStream> streams, Actor source, Actor destination) {
    ObjectNode json = ConnectionJson.common(view);
    json.set("syncCatalog", ConnectionJson.catalog(streams));
    json.put("createdAt", view.connection().createdAt().getEpochSecond());
    json.set("source", views.read(source));
    json.set("destination", views.read(destination));
    json.set("sourceActorDefinitionVersion", views.version(source));
    json.set("destinationActorDefinitionVersion", views.version(destination));
    return json;
  }

  /** Returns an entry of a list. */
  ObjectNode listed(
      ConnectionList.Row row, Map<ActorId, Actor> ends, List<Tag> tags, String schemaChange) {
    Connection connection = row.connection();
    ObjectNode json =
        Documents.empty()
            .put("connectionId", connection.id().toString())
            .put("name", connection.name())
            .put("status", connection.status().label())
            .put("scheduleType", connection.schedule().type());
    ObjectNode schedule = ScheduleJson.data(connection.schedule());
    if (!schedule.isEmpty()) {
      json.set("scheduleData", schedule);
    }
    Actor source = ends.get(connection.source());
    Actor destination = ends.get(connection.destination());
    if (source != null && destination != null) {
      json.set("source", views.snippet(source));
      json.set("destination", views.snippet(destination));
      json.set("sourceActorDefinitionVersion", views.version(source));
      json.set("destinationActorDefinitionVersion", views.version(destination));
    }
    if (row.jobCreatedAt() != null && row.jobStatus() != null) {
      json.put("latestSyncJobCreatedAt", row.jobCreatedAt().getEpochSecond());
      json.put("latestSyncJobStatus", row.jobStatus());
    }
    json.put("isSyncing", JobStatus.RUNNING.label().equals(row.jobStatus()));
    json.put("schemaChange", schemaChange);
    ArrayNode tagged = json.putArray("tags");
    tags.forEach(tag -> tagged.add(tag.json()));
    return json.put("onDemandEnabled", connection.details().path("onDemandEnabled").asBoolean());
  }
}
