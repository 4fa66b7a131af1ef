package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.spec.NamedFields;
import io.millrace.server.http.Mistakes;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configures one stream as the public API asks, and says what does not fit the stream. */
final class PublicStream {
  private static final List<String> CARRIED =
      List.of("mappers", "includeFiles", "destinationObjectName");

  private static final String CURSOR = "cursorField";
  private static final String KEY = "primaryKey";

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

  /**
   * Returns the stream as it is kept; what does not fit is added to the mistakes.
   *
   * @param before the stream as it is stored, or null
   */
  ConnectionStream configured(@Nullable ConnectionStream before) {
    PublicSyncMode mode = mode();
    List<String> cursor = mode.incremental() || !entry.modeRead() ? cursor(mode) : entry.cursor();
    List<List<String>> key = mode.dedups() || !entry.modeRead() ? key(mode) : given(entry.key());
    ObjectNode config = AirbyteStreams.defaultConfig(stream, true);
    config.put("syncMode", mode.read()).put("destinationSyncMode", mode.write());
    config.set("cursorField", StreamJson.texts(cursor));
    config.set("primaryKey", StreamJson.paths(key));
    if (entry.fields() != null) {
      config.put("fieldSelectionEnabled", true);
      ArrayNode selected = config.putArray("selectedFields");
      entry.fields().forEach(path -> selected.addObject().set("fieldPath", StreamJson.texts(path)));
    }
    for (String member : CARRIED) {
      if (entry.json().hasNonNull(member)) {
        config.set(member, entry.json().get(member));
      }
    }
    ConnectionStream made = new ConnectionStream(name, true, stream, config);
    String place = entry.place() + ".";
    NamedFields.nested(place, config).forEach(one -> PublicStreams.refuse(one, mistakes));
    NamedFields.mistakes(place, before, made).forEach(one -> PublicStreams.refuse(one, mistakes));
    return made;
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
    if (!cursor.isEmpty() && mode.incremental()) {
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
    if (mode.dedups()) {
      given.forEach(path -> known(KEY, path));
    }
    return given;
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
