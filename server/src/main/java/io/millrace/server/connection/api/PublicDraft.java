package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.http.Body;
import io.millrace.server.http.Names;
import io.millrace.server.json.Documents;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the public API's requests for a new and a changed connection. */
final class PublicDraft {
  private enum Namespace {
    SOURCE("source"),
    DESTINATION("destination"),
    CUSTOM_FORMAT("customformat");

    private final String label;

    Namespace(String label) {
      this.label = label;
    }
  }

  private enum Behavior {
    IGNORE(SchemaPreference.IGNORE),
    DISABLE_CONNECTION(SchemaPreference.DISABLE),
    PROPAGATE_COLUMNS(SchemaPreference.PROPAGATE_COLUMNS),
    PROPAGATE_FULLY(SchemaPreference.PROPAGATE_FULLY);

    private final SchemaPreference preference;

    Behavior(SchemaPreference preference) {
      this.preference = preference;
    }
  }

  private final ScheduleReader schedules;

  PublicDraft(ScheduleReader schedules) {
    this.schedules = schedules;
  }

  /** Reads a new connection: its defaults are those of this API. */
  ConnectionDraft create(Body body) {
    Body configurations = body.objectOrNull("configurations");
    ConnectionDraft said =
        read(
            body,
            configurations == null
                ? PublicStreams.everything()
                : PublicStreams.read(configurations));
    return said.namespaceDefinition() == null
        ? new ConnectionDraft(
            said.name(),
            said.status(),
            said.schedule(),
            Namespace.DESTINATION.label,
            said.namespaceFormat(),
            said.prefix(),
            said.catalog(),
            said.streams(),
            said.details(),
            said.tags())
        : said;
  }

  /** Reads a change. */
  ConnectionDraft update(Body body) {
    Body configurations = body.objectOrNull("configurations");
    return read(
        body,
        configurations == null || !configurations.has("streams")
            ? null
            : PublicStreams.read(configurations));
  }

  private ConnectionDraft read(Body body, @Nullable PublicStreams streams) {
    String name = Names.readOrNull(body, "name");
    Body schedule = body.objectOrNull("schedule");
    Namespace namespace = body.choiceOrNull("namespaceDefinition", Namespace.class);
    body.textOrNull("dataResidency");
    Behavior behavior = body.choiceOrNull("nonBreakingSchemaUpdatesBehavior", Behavior.class);
    ObjectNode details = Documents.empty();
    if (behavior != null) {
      details.put(SchemaPreference.MEMBER, behavior.preference.label());
    }
    List<UUID> tags = ConfigDraft.tagIds(body);
    return new ConnectionDraft(
        name,
        body.choiceOrNull("status", ConnectionStatus.class),
        schedule == null ? null : schedules.ofPublic(schedule),
        namespace == null ? null : namespace.label,
        body.textOrNull("namespaceFormat"),
        body.textOrNull("prefix"),
        null,
        streams,
        details,
        body.has("tags") ? tags : null);
  }
}
