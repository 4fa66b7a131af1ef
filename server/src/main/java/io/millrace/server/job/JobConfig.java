package io.millrace.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a job is to do.
 *
 * @param trigger what began it
 * @param by who asked for it, or null
 * @param streams the streams of a reset or refresh; empty otherwise, and where it is about all
 * @param truncates a refresh that removes the older rows at its end
 * @param backfilled the streams that it reads from their beginning because they have gained fields
 */
public record JobConfig(
    Trigger trigger,
    @Nullable String by,
    Set<StreamName> streams,
    boolean truncates,
    Set<StreamName> backfilled) {
  public JobConfig {
    streams = Set.copyOf(streams);
    backfilled = Set.copyOf(backfilled);
  }

  /** Makes one that reads nothing again for its new fields. */
  public JobConfig(
      Trigger trigger, @Nullable String by, Set<StreamName> streams, boolean truncates) {
    this(trigger, by, streams, truncates, Set.of());
  }

  /** Makes one of a sync, or of a reset or refresh of every stream. */
  public static JobConfig of(Trigger trigger, @Nullable String by) {
    return new JobConfig(trigger, by, Set.of(), false);
  }

  /** Returns this with streams that are read from their beginning because of their new fields. */
  public JobConfig backfilling(Collection<StreamName> more) {
    Set<StreamName> all = new TreeSet<>(backfilled);
    all.addAll(more);
    return new JobConfig(trigger, by, streams, truncates, all);
  }

  /** Returns the form in the store. */
  public ObjectNode json() {
    ObjectNode json = Documents.empty().put("trigger", trigger.label());
    if (by != null) {
      json.put("by", by);
    }
    if (!streams.isEmpty()) {
      json.set("streams", StreamNames.descriptors(new TreeSet<>(streams)));
    }
    if (truncates) {
      json.put("truncates", true);
    }
    if (!backfilled.isEmpty()) {
      json.set("backfilled", StreamNames.descriptors(new TreeSet<>(backfilled)));
    }
    return json;
  }

  /** Reads {@link #json}. */
  public static JobConfig of(JsonNode json) {
    return new JobConfig(
        Trigger.of(json.path("trigger").asText(Trigger.MANUAL.label())),
        json.path("by").textValue(),
        StreamNames.set(json.path("streams")),
        json.path("truncates").asBoolean(),
        StreamNames.set(json.path("backfilled")));
  }
}
