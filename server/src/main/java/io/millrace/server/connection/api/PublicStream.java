package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.http.Mistakes;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configures one stream as the public API asks, and says what does not fit the stream. */
final class PublicStream {
  private static final List<String> CARRIED =
      List.of("mappers", "includeFiles", "destinationObjectName");

  private static final String CURSOR = "cursorField";
  private static final String KEY = "primaryKey";
  private static final String SELECTED = "selectedFields";

  private final PublicStreams.Entry entry;
  private final ObjectNode stream;
  private final StreamName name;
  private final Set<String> writeModes;
  private final List<String> fields;
  private final Mistakes mistakes;

  PublicStream(
      PublicStreams.Entry entry, ObjectNode stream, Set<String> writeModes, Mistakes mistakes) {
    this.entry = entry;
    this.stream = stream;
    this.name = StreamJson.name(stream);
    this.writeModes = writeModes;
    this.fields = StreamJson.fields(stream);
    this.mistakes = mistakes;
  }

  /** Returns the stream as it is kept; what does not fit is added to the mistakes. */
  ConnectionStream configured() {
    PublicSyncMode mode = mode();
    List<String> cursor = mode.incremental() || !entry.modeRead() ? cursor(mode) : entry.cursor();
    List<List<String>> key = mode.dedups() || !entry.modeRead() ? key(mode) : given(entry.key());
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
      refuse(
          "syncMode",
          mode.label(),
          "a mode that stream "
              + name.display()
              + " can be synced with: "
              + String.join(", ", offered.stream().map(PublicSyncMode::label).toList()));
    }
    return mode;
  }

  private List<String> cursor(PublicSyncMode mode) {
    List<String> offered = StreamJson.texts(stream.path("defaultCursorField"));
    if (stream.path("sourceDefinedCursor").asBoolean()) {
      if (!entry.cursor().isEmpty() && !entry.cursor().equals(offered)) {
        refuse(CURSOR, shown(entry.cursor()), "none, as the cursor is its source's own");
      }
      return offered;
    }
    List<String> cursor = entry.cursor().isEmpty() ? offered : entry.cursor();
    if (cursor.isEmpty() && mode.incremental()) {
      refuse(CURSOR, null, "a cursor for stream " + name.display() + ", which has none of its own");
    }
    if (!cursor.isEmpty()) {
      known(CURSOR, cursor);
    }
    return cursor;
  }

  private List<List<String>> key(PublicSyncMode mode) {
    List<List<String>> own = StreamJson.paths(stream.path("sourceDefinedPrimaryKey"));
    List<List<String>> given = given(entry.key());
    if (!own.isEmpty()) {
      if (!given.isEmpty() && !given.equals(own)) {
        refuse(KEY, null, "none, as the primary key is its source's own");
      }
      return own;
    }
    if (given.isEmpty() && mode.dedups()) {
      refuse(KEY, null, "the key of stream " + name.display() + ", which has none of its own");
    }
    given.forEach(path -> known(KEY, path));
    if (new HashSet<>(given).size() < given.size()) {
      refuse(KEY, null, "every field once at most");
    }
    return given;
  }

  private List<String> selected(
      PublicSyncMode mode, List<String> cursor, List<List<String>> key, List<List<String>> wanted) {
    if (wanted.isEmpty()) {
      refuse(SELECTED, null, "at least one field; leave it out to select every one");
    }
    List<String> names = new ArrayList<>();
    for (List<String> path : wanted) {
      if (path.size() != 1) {
        refuse(SELECTED, shown(path), "top-level fields; what is within an object comes with it");
      } else if (names.contains(path.getFirst())) {
        refuse(SELECTED, shown(path), "every field once at most");
      } else {
        known(SELECTED, path);
        names.add(path.getFirst());
      }
    }
    if (!wanted.isEmpty() && mode.dedups()) {
      key.forEach(path -> needed(names, path, "primary key"));
    }
    boolean ownCursor = stream.path("sourceDefinedCursor").asBoolean();
    if (!wanted.isEmpty() && mode.incremental() && !ownCursor && !cursor.isEmpty()) {
      needed(names, cursor, "cursor");
    }
    return names;
  }

  private void needed(List<String> names, List<String> path, String what) {
    if (!path.isEmpty() && !names.contains(path.getFirst())) {
      refuse(
          SELECTED,
          null,
          "the field " + path.getFirst() + " among them, because it is needed as " + what);
    }
  }

  private void known(String member, List<String> path) {
    if (!path.isEmpty() && !fields.contains(path.getFirst())) {
      refuse(member, shown(path), "a field of stream " + name.display());
    }
  }

  private void refuse(String member, @Nullable String value, String expected) {
    PublicStreams.refuse(entry, member, value, expected, mistakes);
  }

  private static String shown(List<String> path) {
    return String.join(".", path);
  }

  private static List<List<String>> given(@Nullable List<List<String>> paths) {
    return paths == null ? List.of() : paths;
  }
}
