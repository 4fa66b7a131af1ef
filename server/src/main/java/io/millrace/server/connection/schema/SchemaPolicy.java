package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a connection's preference makes of a difference. Pure. */
public final class SchemaPolicy {
  private static final String FIELD_SELECTION = "fieldSelectionEnabled";
  private static final String BACKFILL = "backfillPreference";

  private final SchemaPreference preference;
  private final boolean backfills;
  private final Set<String> writeModes;

  /**
   * Makes the policy of a connection.
   *
   * @param writeModes the destination's sync modes, for streams that are added
   */
  public SchemaPolicy(Connection connection, Set<String> writeModes) {
    this.preference = SchemaPreference.of(connection);
    this.backfills = connection.details().path(BACKFILL).asText().equals("enabled");
    this.writeModes = writeModes;
  }

  /**
   * What is to be done.
   *
   * @param streams the connection's streams after it
   * @param propagated what of the difference they have taken over
   * @param backfill streams whose state is to be cleared
   * @param disabledReason why the connection is to be switched off, or null
   */
  public record Verdict(
      List<ConnectionStream> streams,
      SchemaDiff propagated,
      List<StreamName> backfill,
      @Nullable String disabledReason) {}

  /**
   * Decides.
   *
   * @param streams the connection's streams
   * @param diff the difference
   * @param discovered what the source offers now
   */
  public Verdict apply(
      List<ConnectionStream> streams, SchemaDiff diff, List<ObjectNode> discovered) {
    if (diff.breaking()) {
      return report(streams, diff);
    }
    return switch (preference) {
      case IGNORE, DISABLE -> report(streams, diff);
      case PROPAGATE_COLUMNS -> propagate(streams, diff, discovered, false);
      case PROPAGATE_FULLY -> propagate(streams, diff, discovered, true);
    };
  }

  /** Decides for somebody who only looks: nothing is taken over. */
  public Verdict report(List<ConnectionStream> streams, SchemaDiff diff) {
    if (diff.breaking()) {
      return nothing(streams, SchemaChange.BREAKING);
    }
    boolean stops = preference == SchemaPreference.DISABLE && !diff.isEmpty();
    return nothing(streams, stops ? SchemaChange.ANY : null);
  }

  private static Verdict nothing(List<ConnectionStream> streams, @Nullable String reason) {
    return new Verdict(streams, SchemaDiff.NONE, List.of(), reason);
  }

  private Verdict propagate(
      List<ConnectionStream> streams, SchemaDiff diff, List<ObjectNode> discovered, boolean fully) {
    Map<StreamName, ObjectNode> found = new HashMap<>();
    discovered.forEach(stream -> found.put(StreamJson.name(stream), stream));
    Set<StreamName> removed = new HashSet<>();
    Map<StreamName, SchemaTransform.Updated> updated = new HashMap<>();
    List<ConnectionStream> added = new ArrayList<>();
    List<SchemaTransform> propagated = new ArrayList<>();
    for (SchemaTransform transform : diff.transforms()) {
      ObjectNode now = found.get(transform.stream());
      switch (transform) {
        case SchemaTransform.Added one when fully && now != null -> added.add(fresh(one, now));
        case SchemaTransform.Removed one when fully -> removed.add(one.stream());
        case SchemaTransform.Updated one -> updated.put(one.stream(), one);
        case SchemaTransform.Added ignored -> {
          continue;
        }
        case SchemaTransform.Removed ignored -> {
          continue;
        }
      }
      propagated.add(transform);
    }
    List<ConnectionStream> after = new ArrayList<>();
    for (ConnectionStream stream : streams) {
      SchemaTransform.Updated change = updated.get(stream.name());
      ObjectNode now = found.get(stream.name());
      if (change != null && now != null) {
        after.add(changed(stream, change, now));
      } else if (!removed.contains(stream.name())) {
        after.add(stream);
      }
    }
    after.addAll(added);
    return new Verdict(after, new SchemaDiff(propagated), backfill(updated), null);
  }

  private List<StreamName> backfill(Map<StreamName, SchemaTransform.Updated> updated) {
    return backfills
        ? updated.values().stream()
            .filter(SchemaTransform.Updated::gains)
            .map(SchemaTransform.Updated::stream)
            .sorted()
            .toList()
        : List.of();
  }

  /**
   * Where fields are selected one by one, new ones become selected and lost ones go; the last ones
   * stay, because a selection of none is one of all.
   */
  private static ConnectionStream changed(
      ConnectionStream stream, SchemaTransform.Updated change, ObjectNode now) {
    ObjectNode config = stream.config().deepCopy();
    if (config.path(FIELD_SELECTION).asBoolean()) {
      List<String> selected = new ArrayList<>(StreamJson.selectedFields(config));
      for (SchemaTransform.Field field : change.fields()) {
        if (field.path().size() == 1) {
          switch (field) {
            case SchemaTransform.AddedField added -> selected.add(added.path().getFirst());
            case SchemaTransform.RemovedField lost -> selected.remove(lost.path().getFirst());
            case SchemaTransform.ChangedField ignored -> {}
          }
        }
      }
      if (!selected.isEmpty()) {
        config.set("selectedFields", StreamJson.selectedFields(selected));
      }
    }
    return new ConnectionStream(stream.name(), stream.selected(), now, config);
  }

  private ConnectionStream fresh(SchemaTransform.Added added, ObjectNode stream) {
    ObjectNode config = AirbyteStreams.defaultConfig(stream, true);
    if (!writeModes.contains(config.path("destinationSyncMode").asText())) {
      config.put("syncMode", "full_refresh");
      config.put(
          "destinationSyncMode",
          writeModes.contains("overwrite")
              ? "overwrite"
              : writeModes.stream().sorted().findFirst().orElse("append"));
    }
    return new ConnectionStream(added.stream(), true, stream, config);
  }
}
