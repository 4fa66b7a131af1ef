package io.millrace.server.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.audit.Audit;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionListener;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.event.Timeline;
import io.millrace.server.http.Caller;
import io.millrace.server.json.Documents;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes every change of a connection into the audit trail and the connection's timeline. */
final class ConnectionHistory implements ConnectionListener {
  private static final List<String> DERIVED = List.of("aliasName", "selected", "suggested");

  private final Audit audit;
  private final Timeline timeline;
  private final StreamMappers mappers;
  private final ConnectionStore connections = new ConnectionStore();

  ConnectionHistory(Audit audit, Timeline timeline, StreamMappers mappers) {
    this.audit = audit;
    this.mappers = mappers;
    this.timeline = timeline;
  }

  @Override
  public void changed(Handle tx, @Nullable Connection before, Connection after, Caller caller) {
    ObjectNode version = version(after);
    ObjectNode whole = version.deepCopy();
    whole.set("streams", streams(mappers.masked(connections.streams(tx, after.id()))));
    audit.changed(tx, "connection", after.id().toString(), action(before, after), whole, caller);
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

  /** The selected streams, with what was chosen of each; their schemas are the source's affair. */
  private static ArrayNode streams(List<ConnectionStream> streams) {
    ArrayNode list = Documents.MAPPER.createArrayNode();
    for (ConnectionStream stream : streams) {
      if (stream.selected()) {
        ObjectNode one = list.addObject().put("name", stream.name().name());
        if (stream.name().namespace() != null) {
          one.put("namespace", stream.name().namespace());
        }
        ObjectNode config = stream.config().deepCopy();
        config.remove(DERIVED);
        one.setAll(config);
      }
    }
    return list;
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
