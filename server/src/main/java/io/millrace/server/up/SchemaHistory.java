package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.schema.CatalogDiffJson;
import io.millrace.server.connection.schema.SchemaChange;
import io.millrace.server.connection.schema.SchemaListener;
import io.millrace.server.event.Timeline;
import io.millrace.server.json.Documents;
import io.millrace.server.notification.JobNotices;
import io.millrace.server.notification.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes what a source's new schema did into the connection's timeline, and tells people. */
final class SchemaHistory implements SchemaListener {
  private final Timeline timeline;
  private final JobNotices notices;

  SchemaHistory(Timeline timeline, JobNotices notices) {
    this.timeline = timeline;
    this.notices = notices;
  }

  @Override
  public void schemaChanged(Handle tx, Connection connection, SchemaChange change) {
    ObjectNode summary = Documents.empty();
    summary.set("catalogDiff", CatalogDiffJson.of(change.diff()));
    timeline.add(tx, connection.id().value(), "SCHEMA_UPDATE", summary, null);
    boolean wanted = connection.details().path("notifySchemaChanges").asBoolean(true);
    if (wanted) {
      boolean applied = change.disabledReason() == null && !change.propagated().isEmpty();
      Trigger trigger =
          applied ? Trigger.CONNECTION_UPDATE : Trigger.CONNECTION_UPDATE_ACTION_REQUIRED;
      tx.afterCommit(() -> notices.tell(trigger, connection, null, details(change), 1));
    }
  }

  private static List<String> details(SchemaChange change) {
    List<String> lines = new ArrayList<>();
    CatalogDiffJson.of(change.diff())
        .path("transforms")
        .forEach(
            one -> {
              String name = one.path("streamDescriptor").path("name").asText();
              String mark =
                  switch (one.path("transformType").asText()) {
                    case "add_stream" -> "+ ";
                    case "remove_stream" -> "- ";
                    default -> "~ ";
                  };
              lines.add(mark + name);
            });
    return lines;
  }
}
