package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.schema.CatalogDiffJson;
import io.millrace.server.connection.schema.SchemaAdvice;
import io.millrace.server.connection.schema.SchemaChange;
import io.millrace.server.connection.schema.SchemaDiff;
import io.millrace.server.connection.schema.SchemaListener;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.connection.schema.SchemaTransform;
import io.millrace.server.event.Timeline;
import io.millrace.server.json.Documents;
import io.millrace.server.notification.JobNotices;
import io.millrace.server.notification.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes what a source's new schema did into the connection's timeline, and tells people. */
final class SchemaHistory implements SchemaListener {
  /** A message names so many fields of a stream. */
  private static final int FIELDS_MAX = 20;

  private final Timeline timeline;
  private final JobNotices notices;

  SchemaHistory(Timeline timeline, JobNotices notices) {
    this.timeline = timeline;
    this.notices = notices;
  }

  @Override
  public void schemaChanged(Handle tx, Connection connection, SchemaChange change) {
    if (!change.propagated().isEmpty()) {
      ObjectNode summary = Documents.empty();
      summary.set("catalogDiff", CatalogDiffJson.of(change.propagated()));
      timeline.add(tx, connection.id().value(), "SCHEMA_UPDATE", summary, null);
    }
    if (SchemaPreference.notifies(connection)) {
      boolean applied = change.disabledReason() == null && !change.propagated().isEmpty();
      Trigger trigger =
          applied ? Trigger.CONNECTION_UPDATE : Trigger.CONNECTION_UPDATE_ACTION_REQUIRED;
      notices.tell(tx, trigger, connection, null, details(change), 1);
    }
  }

  /**
   * Why nothing was taken over, and what to do, where that is so; a line for each stream, the
   * fields that have changed behind it, and apart those of a change that was taken over in part
   * alone.
   */
  private static List<String> details(SchemaChange change) {
    List<String> lines = new ArrayList<>();
    if (change.refusal() != null) {
      lines.add(change.refusal());
    }
    if (change.disabledReason() != null) {
      lines.add(SchemaAdvice.of(change));
    }
    boolean applied = !change.propagated().isEmpty();
    SchemaDiff told = applied ? change.propagated() : change.diff();
    told.transforms().stream().map(SchemaHistory::line).forEach(lines::add);
    if (applied) {
      change.diff().without(change.propagated()).transforms().stream()
          .map(left -> "Not applied: " + line(left))
          .forEach(lines::add);
    }
    return lines;
  }

  private static String line(SchemaTransform transform) {
    String name = transform.stream().display();
    return switch (transform) {
      case SchemaTransform.Added ignored -> "+ " + name;
      case SchemaTransform.Removed ignored -> "- " + name;
      case SchemaTransform.Updated updated -> {
        List<String> parts = new ArrayList<>();
        updated.fields().stream().limit(FIELDS_MAX).map(SchemaHistory::field).forEach(parts::add);
        if (updated.fields().size() > FIELDS_MAX) {
          parts.add((updated.fields().size() - FIELDS_MAX) + " more");
        }
        updated.keys().forEach(key -> parts.add("~ primary key"));
        yield "~ " + name + ": " + String.join(", ", parts);
      }
    };
  }

  private static String field(SchemaTransform.Field field) {
    String mark =
        switch (field) {
          case SchemaTransform.AddedField ignored -> "+ ";
          case SchemaTransform.RemovedField ignored -> "- ";
          case SchemaTransform.ChangedField ignored -> "~ ";
        };
    return mark + String.join(".", field.path());
  }
}
