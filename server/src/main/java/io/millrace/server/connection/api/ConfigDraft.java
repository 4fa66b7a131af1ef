package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ResourceFields;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.Resources;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.SyncSettings;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.http.Body;
import io.millrace.server.http.Names;
import io.millrace.server.json.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the Config API's {@code ConnectionCreate} and {@code ConnectionUpdate}. */
public final class ConfigDraft {
  /** The values of {@code namespaceDefinition}. */
  enum Namespace {
    SOURCE,
    DESTINATION,
    CUSTOMFORMAT
  }

  private enum Backfill {
    ENABLED,
    DISABLED
  }

  private final ScheduleReader schedules;

  /** Makes a reader. */
  public ConfigDraft(ScheduleReader schedules) {
    this.schedules = schedules;
  }

  /** Reads a new connection; what is wrong is remembered in the body. */
  public ConnectionDraft create(Body body) {
    return read(body, schedules.create(body));
  }

  /** Reads a change; what is wrong is remembered in the body. */
  public ConnectionDraft update(Body body) {
    return read(body, schedules.update(body));
  }

  private static ConnectionDraft read(Body body, @Nullable Schedule schedule) {
    String name = Names.readOrNull(body, "name");
    Namespace namespace = body.choiceOrNull("namespaceDefinition", Namespace.class);
    Body catalog = body.objectOrNull("syncCatalog");
    return new ConnectionDraft(
        name,
        body.choiceOrNull("status", ConnectionStatus.class),
        schedule,
        namespace == null ? null : StreamFields.label(namespace),
        body.textOrNull("namespaceFormat"),
        body.textOrNull("prefix"),
        body.idOrNull("sourceCatalogId"),
        catalog == null ? null : ConfigStreams.read(catalog),
        details(body),
        tags(body));
  }

  private static ObjectNode details(Body body) {
    ObjectNode details = Documents.empty();
    for (String flag :
        List.of("notifySchemaChanges", "notifySchemaChangesByEmail", "onDemandEnabled")) {
      Boolean value = body.flagOrNull(flag);
      if (value != null) {
        details.put(flag, value);
      }
    }
    for (String id : List.of("dataplaneGroupId", "destinationCatalogId")) {
      UUID value = body.idOrNull(id);
      if (value != null) {
        details.put(id, value.toString());
      }
    }
    SchemaPreference preference =
        body.choiceOrNull(SchemaPreference.MEMBER, SchemaPreference.class);
    if (preference != null) {
      details.put(SchemaPreference.MEMBER, preference.label());
    }
    Backfill backfill = body.choiceOrNull("backfillPreference", Backfill.class);
    if (backfill != null) {
      details.put("backfillPreference", StreamFields.label(backfill));
    }
    List<UUID> operations = body.ids("operationIds");
    if (body.has("operationIds")) {
      ArrayNode ids = details.putArray("operationIds");
      operations.forEach(id -> ids.add(id.toString()));
    }
    resources(body, details);
    Body settings = body.objectOrNull(SyncSettings.MEMBER);
    if (settings != null) {
      details.set(SyncSettings.MEMBER, SyncSettings.read(settings));
    }
    return details;
  }

  private static void resources(Body body, ObjectNode details) {
    Body resources = body.objectOrNull(Resources.MEMBER);
    if (resources == null) {
      return;
    }
    ObjectNode kept = ResourceFields.read(resources);
    details.set(Resources.MEMBER, kept);
    OptionalLong limit = Resources.of(kept).memoryAtMost();
    if (limit.isPresent() && limit.getAsLong() < Resources.MEMORY_MIN) {
      resources.wrong(
          "memory_limit",
          "at least " + (Resources.MEMORY_MIN >> 20) + "Mi, which the batches of one reader need");
    }
  }

  /** Returns the ids of the tags; what else a tag says is theirs, and only looked at. */
  static List<UUID> tagIds(Body body) {
    List<UUID> ids = new ArrayList<>();
    for (Body tag : body.objects("tags")) {
      ids.add(tag.id("tagId"));
      tag.idOrNull("workspaceId");
      tag.textOrNull("name");
      tag.textOrNull("color");
    }
    return ids;
  }

  private static @Nullable List<UUID> tags(Body body) {
    if (!body.has("tags")) {
      return null;
    }
    return tagIds(body);
  }
}
