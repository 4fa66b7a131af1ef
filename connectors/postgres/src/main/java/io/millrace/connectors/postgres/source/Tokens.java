package io.millrace.connectors.postgres.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Partition;
import io.millrace.spi.StreamName;
import org.jspecify.annotations.Nullable;

/** Writes tasks and outcomes as JSON and reads them again. */
final class Tokens {
  /** The version of both forms. */
  static final int VERSION = 1;

  private Tokens() {}

  static String write(Task task) {
    ObjectNode json = Json.object();
    json.set("place", place(task.place()));
    if (!task.filter().equals(Filter.ALL)) {
      json.set("filter", filter(task.filter()));
    }
    if (task.snapshot() != null) {
      json.set("snapshot", snapshot(task.snapshot()));
    }
    if (task.ahead() != null) {
      json.set("ahead", ahead(task.ahead()));
    }
    if (task.since() != null) {
      json.put("since", task.since());
    }
    return json.toString();
  }

  static Task read(Partition partition) {
    ObjectNode json = Json.parse(partition.token());
    return new Task(
        place(need(json, "place")),
        filter(Json.child(json, "filter")),
        snapshot(Json.child(json, "snapshot")),
        ahead(Json.child(json, "ahead")),
        Json.text(json, "since"));
  }

  static Checkpoint write(Outcome outcome) {
    ObjectNode json = Json.object();
    json.put("rows", outcome.rows());
    if (outcome.met() != null) {
      Json.put(json, "met", outcome.met());
    }
    json.set("snapshot", snapshot(outcome.snapshot()));
    json.set("ahead", ahead(outcome.ahead()));
    return new Checkpoint(VERSION, json.toString());
  }

  static Outcome read(Checkpoint checkpoint) {
    ObjectNode json = Json.parse(checkpoint.token());
    @Nullable JsonNode met = json.get("met");
    @Nullable SnapshotView snapshot = snapshot(Json.child(json, "snapshot"));
    @Nullable Ahead ahead = ahead(Json.child(json, "ahead"));
    return new Outcome(
        json.path("rows").asLong(),
        met == null ? null : Json.longs(met),
        snapshot == null ? new SnapshotView(null, "", 0, 0) : snapshot,
        ahead == null ? Ahead.NOTHING : ahead);
  }

  static ObjectNode known(Known known) {
    ObjectNode json = Json.object();
    json.put("horizon", known.horizon());
    Json.put(json, "seen", known.seen());
    return json;
  }

  static @Nullable Known known(@Nullable ObjectNode json) {
    return json == null
        ? null
        : new Known(json.path("horizon").asLong(), Json.longs(json.path("seen")));
  }

  private static ObjectNode place(Place place) {
    ObjectNode json = Json.object();
    json.put("oid", place.oid());
    json.put("schema", place.name().namespace());
    json.put("table", place.name().name());
    json.put("only", place.only());
    json.put("file", place.file());
    json.put("from", place.from());
    if (place.to() != Place.END) {
      json.put("to", place.to());
    }
    return json;
  }

  private static Place place(ObjectNode json) {
    return new Place(
        json.path("oid").asLong(),
        new StreamName(Json.text(json, "schema"), Json.need(json, "table")),
        json.path("only").asBoolean(),
        json.path("file").asLong(),
        json.path("from").asLong(),
        json.path("to").asLong(Place.END));
  }

  private static ObjectNode filter(Filter filter) {
    ObjectNode json = Json.object();
    if (filter.known() != null) {
      json.set("known", known(filter.known()));
    }
    if (filter.cursor() != null) {
      ObjectNode cursor = json.putObject("cursor");
      cursor.put("field", filter.cursor().field());
      cursor.put("type", filter.cursor().type());
      cursor.put("value", filter.cursor().value());
      cursor.put("inclusive", filter.inclusive());
    }
    if (filter.before() != Filter.NO_END) {
      json.put("before", filter.before());
    }
    return json;
  }

  private static Filter filter(@Nullable ObjectNode json) {
    if (json == null) {
      return Filter.ALL;
    }
    @Nullable ObjectNode cursor = Json.child(json, "cursor");
    return new Filter(
        known(Json.child(json, "known")),
        cursor == null
            ? null
            : new Cursor(
                Json.need(cursor, "field"), Json.need(cursor, "type"), Json.need(cursor, "value")),
        cursor != null && cursor.path("inclusive").asBoolean(),
        json.path("before").asLong(Filter.NO_END));
  }

  private static ObjectNode snapshot(SnapshotView snapshot) {
    ObjectNode json = Json.object();
    if (snapshot.name() != null) {
      json.put("name", snapshot.name());
    }
    json.put("cluster", snapshot.cluster());
    json.put("xmin", snapshot.xmin());
    json.put("xmax", snapshot.xmax());
    return json;
  }

  private static @Nullable SnapshotView snapshot(@Nullable ObjectNode json) {
    return json == null
        ? null
        : new SnapshotView(
            Json.text(json, "name"),
            json.path("cluster").asText(""),
            json.path("xmin").asLong(),
            json.path("xmax").asLong());
  }

  private static ObjectNode ahead(Ahead ahead) {
    ObjectNode json = Json.object();
    json.put("cursor", ahead.cursor());
    json.put("ties", ahead.ties());
    return json;
  }

  private static @Nullable Ahead ahead(@Nullable ObjectNode json) {
    return json == null ? null : new Ahead(Json.text(json, "cursor"), json.path("ties").asLong(-1));
  }

  private static ObjectNode need(ObjectNode json, String key) {
    @Nullable ObjectNode child = Json.child(json, key);
    return child == null ? Json.parse("") : child;
  }
}
