package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.http.ApiException;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configures one stream as the public API asks, and refuses what does not fit the stream. */
final class PublicStream {
  private static final List<String> CARRIED =
      List.of("mappers", "includeFiles", "destinationObjectName");

  private final PublicStreams.Entry entry;
  private final ObjectNode stream;
  private final StreamName name;
  private final Set<String> writeModes;
  private final List<String> fields;

  PublicStream(PublicStreams.Entry entry, ObjectNode stream, Set<String> writeModes) {
    this.entry = entry;
    this.stream = stream;
    this.name = StreamJson.name(stream);
    this.writeModes = writeModes;
    this.fields = StreamJson.fields(stream);
  }

  /**
   * Returns the stream as it is kept.
   *
   * @throws ApiException 400 with a sentence that says what does not fit
   */
  ConnectionStream configured() {
    PublicSyncMode mode = mode();
    List<String> cursor = mode.incremental() ? cursor() : entry.cursor();
    List<List<String>> key = mode.dedups() ? key() : given(entry.key());
    ObjectNode config = AirbyteStreams.defaultConfig(stream, true);
    config.put("syncMode", mode.read()).put("destinationSyncMode", mode.write());
    config.set("cursorField", StreamJson.texts(cursor));
    config.set("primaryKey", StreamJson.paths(key));
    if (entry.fields() != null) {
      List<String> selected = selected(mode, cursor, key, entry.fields());
      config.put("fieldSelectionEnabled", true);
      config.set("selectedFields", StreamJson.selectedFields(selected));
    }
    for (String member : CARRIED) {
      if (entry.json().hasNonNull(member)) {
        config.set(member, entry.json().get(member));
      }
    }
    return new ConnectionStream(name, true, stream, config);
  }

  private PublicSyncMode mode() {
    PublicSyncMode mode =
        entry.mode() == null ? PublicSyncMode.FULL_REFRESH_OVERWRITE : entry.mode();
    List<String> reads = StreamJson.texts(stream.path("supportedSyncModes"));
    List<PublicSyncMode> offered =
        PublicSyncMode.offered(reads.isEmpty() ? List.of("full_refresh") : reads, writeModes);
    if (!offered.contains(mode)) {
      throw refused(
          "cannot be synced with syncMode "
              + mode.label()
              + "; it can with "
              + String.join(", ", offered.stream().map(PublicSyncMode::label).toList())
              + ".");
    }
    return mode;
  }

  private List<String> cursor() {
    List<String> offered = StreamJson.texts(stream.path("defaultCursorField"));
    if (stream.path("sourceDefinedCursor").asBoolean()) {
      if (!entry.cursor().isEmpty() && !entry.cursor().equals(offered)) {
        throw refused("has a cursor of its source's own; leave cursorField out.");
      }
      return offered;
    }
    List<String> cursor = entry.cursor().isEmpty() ? offered : entry.cursor();
    if (cursor.isEmpty()) {
      throw refused("has no cursor of its own; name one in cursorField.");
    }
    known("cursorField", cursor);
    return cursor;
  }

  private List<List<String>> key() {
    List<List<String>> own = StreamJson.paths(stream.path("sourceDefinedPrimaryKey"));
    List<List<String>> given = given(entry.key());
    if (!own.isEmpty()) {
      if (!given.isEmpty() && !given.equals(own)) {
        throw refused("has a primary key of its source's own; leave primaryKey out.");
      }
      return own;
    }
    if (given.isEmpty()) {
      throw refused("has no primary key of its own; name its fields in primaryKey.");
    }
    given.forEach(path -> known("primaryKey", path));
    if (new HashSet<>(given).size() < given.size()) {
      throw refused("names a field twice in primaryKey.");
    }
    return given;
  }

  private List<String> selected(
      PublicSyncMode mode, List<String> cursor, List<List<String>> key, List<List<String>> wanted) {
    if (wanted.isEmpty()) {
      throw refused("selects no field; leave selectedFields out to select every one.");
    }
    List<String> names = new ArrayList<>();
    for (List<String> path : wanted) {
      if (path.size() != 1) {
        throw refused(
            "selects "
                + String.join(".", path)
                + ", which is within an object; only top-level fields can be selected.");
      }
      known("selectedFields", path);
      if (names.contains(path.getFirst())) {
        throw refused("selects the field " + path.getFirst() + " twice.");
      }
      names.add(path.getFirst());
    }
    if (mode.dedups()) {
      key.forEach(path -> needed(names, path, "primary key"));
    }
    if (mode.incremental() && !stream.path("sourceDefinedCursor").asBoolean()) {
      needed(names, cursor, "cursor");
    }
    return names;
  }

  private void needed(List<String> names, List<String> path, String what) {
    if (!names.contains(path.getFirst())) {
      throw refused(
          "must select the field " + path.getFirst() + ", because it is needed as " + what + ".");
    }
  }

  private void known(String member, List<String> path) {
    if (!fields.contains(path.getFirst())) {
      throw refused(
          "has no field "
              + PublicStreams.cut(String.join(".", path))
              + ", named in "
              + member
              + ".");
    }
  }

  private static List<List<String>> given(@Nullable List<List<String>> paths) {
    return paths == null ? List.of() : paths;
  }

  private ApiException refused(String sentence) {
    return PublicStreams.refused("Stream " + name.display() + " " + sentence);
  }
}
