package io.millrace.server.connection.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Mistake;
import io.millrace.spi.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a stream's configuration can be synced. Pure. */
public final class StreamModes {
  private StreamModes() {}

  /** Returns what {@code syncMode} and {@code destinationSyncMode} mean together, or nothing. */
  public static Optional<SyncMode> mode(ObjectNode config) {
    String read = config.path("syncMode").asText();
    String write = config.path("destinationSyncMode").asText();
    return Optional.ofNullable(
        switch (read + " " + write) {
          case "full_refresh overwrite" -> SyncMode.FULL_REFRESH_OVERWRITE;
          case "full_refresh append" -> SyncMode.FULL_REFRESH_APPEND;
          case "full_refresh overwrite_dedup" -> SyncMode.FULL_REFRESH_OVERWRITE_DEDUP;
          case "incremental append" -> SyncMode.INCREMENTAL_APPEND;
          case "incremental append_dedup" -> SyncMode.INCREMENTAL_APPEND_DEDUP;
          default -> null;
        });
  }

  /**
   * Refuses selected streams that cannot be synced as configured.
   *
   * @throws ApiException 422 that names each
   */
  public static void check(List<ConnectionStream> streams) {
    List<Mistake> mistakes = new ArrayList<>();
    for (ConnectionStream stream : streams) {
      if (stream.selected()) {
        mistakes.addAll(mistakes(stream));
        mistakes.addAll(StreamNeeds.mistakes(stream));
      }
    }
    if (!mistakes.isEmpty()) {
      throw ApiException.invalid(mistakes);
    }
  }

  /** Returns what is wrong with a stream. */
  static List<Mistake> mistakes(ConnectionStream stream) {
    List<Mistake> mistakes = new ArrayList<>();
    String place = "stream " + stream.name().display() + ": ";
    ObjectNode config = stream.config();
    if (mode(config).isEmpty()) {
      mistakes.add(
          new Mistake(
              place + "destinationSyncMode",
              config.path("destinationSyncMode").asText(),
              "overwrite, append or overwrite_dedup for full_refresh, append or append_dedup for"
                  + " incremental"));
    }
    List<String> cursor = StreamJson.texts(config.path("cursorField"));
    if (cursor.size() > 1) {
      mistakes.add(
          new Mistake(
              place + "cursorField",
              String.join(".", cursor),
              "one top-level field; fields within objects cannot be cursors"));
    }
    for (List<String> path : StreamJson.paths(config.path("primaryKey"))) {
      if (path.size() != 1) {
        mistakes.add(
            new Mistake(
                place + "primaryKey",
                String.join(".", path),
                "top-level fields; fields within objects cannot be part of a key"));
      }
    }
    for (JsonNode field : config.path("selectedFields")) {
      if (field.path("fieldPath").size() != 1) {
        mistakes.add(
            new Mistake(
                place + "selectedFields",
                String.join(".", StreamJson.texts(field.path("fieldPath"))),
                "top-level fields; what is within an object comes with it"));
      }
    }
    return mistakes;
  }
}
