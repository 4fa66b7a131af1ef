package io.millrace.server.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.audit.Audit;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionListener;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.event.Timeline;
import io.millrace.server.http.Caller;
import io.millrace.server.json.Documents;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes every change of a connection into the audit trail and the connection's timeline. */
final class ConnectionHistory implements ConnectionListener {
  private final Audit audit;
  private final Timeline timeline;

  ConnectionHistory(Audit audit, Timeline timeline) {
    this.audit = audit;
    this.timeline = timeline;
  }

  @Override
  public void changed(Handle tx, @Nullable Connection before, Connection after, Caller caller) {
    ObjectNode version = version(after);
    audit.changed(tx, "connection", after.id().toString(), action(before, after), version, caller);
    if (before == null || after.status() == ConnectionStatus.DEPRECATED) {
      return;
    }
    if (before.status() != after.status()) {
      boolean enabled = after.status() == ConnectionStatus.ACTIVE;
      ObjectNode summary = Documents.empty();
      if (!enabled && after.statusReason() != null) {
        summary.put("disabledReason", after.statusReason());
      }
      String type = enabled ? "CONNECTION_ENABLED" : "CONNECTION_DISABLED";
      timeline.add(tx, after.id().value(), type, summary, caller.name());
    }
    // What the program changes of a connection has events of its own.
    boolean byUser = !caller.equals(SchemaChangeCheck.PROGRAM);
    ObjectNode patches = patches(settings(before), settings(after));
    if (byUser && !patches.isEmpty()) {
      ObjectNode summary = Documents.empty();
      summary.set("patches", patches);
      timeline.add(tx, after.id().value(), "CONNECTION_SETTINGS_UPDATE", summary, caller.name());
    }
  }

  private static String action(@Nullable Connection before, Connection after) {
    if (before == null) {
      return "create";
    }
    return after.status() == ConnectionStatus.DEPRECATED ? "delete" : "update";
  }

  private static ObjectNode patches(ObjectNode before, ObjectNode after) {
    ObjectNode patches = Documents.empty();
    after
        .properties()
        .forEach(
            field -> {
              JsonNode old = before.path(field.getKey());
              if (!field.getKey().equals("status") && !old.equals(field.getValue())) {
                ObjectNode patch = patches.putObject(field.getKey());
                patch.set("from", old.isMissingNode() ? NullNode.getInstance() : old);
                patch.set("to", field.getValue());
              }
            });
    return patches;
  }

  /** Returns each setting under the name that it has in the API. */
  private static ObjectNode settings(Connection connection) {
    ObjectNode settings = version(connection);
    settings.remove("details");
    return settings.setAll(connection.details());
  }

  private static ObjectNode version(Connection connection) {
    ObjectNode version = Documents.empty();
    version.put("name", connection.name());
    version.put("status", connection.status().label());
    version.put("scheduleType", connection.schedule().type());
    version.set("scheduleData", ScheduleJson.data(connection.schedule()));
    version.put("namespaceDefinition", connection.namespaceDefinition());
    version.put("namespaceFormat", connection.namespaceFormat());
    version.put("prefix", connection.prefix());
    version.set("details", connection.details());
    return version;
  }
}
