package io.millrace.server.connection.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.http.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that a stream's configuration names, above all those that are selected. Pure. */
public final class NamedFields {
  private static final String CURSOR = "cursorField";
  private static final String KEY = "primaryKey";
  private static final String SELECTED = "selectedFields";
  private static final String ONCE = "every field once at most";

  private final String place;
  private final ConnectionStream stream;
  private final ObjectNode config;
  private final Set<String> fields;
  private final List<Mistake> mistakes = new ArrayList<>();

  private NamedFields(String place, ConnectionStream stream) {
    this.place = place;
    this.stream = stream;
    this.config = stream.config();
    this.fields = new HashSet<>(StreamJson.fields(stream.stream()));
  }

  /**
   * Returns what is wrong with the fields that a selected stream names: they are unknown or named
   * twice, or a selection lacks what the stream is synced by. What is wrong with the stored stream
   * just so, as its source has lost a field, is no reason to refuse a change of something else.
   *
   * @param place what stands before the names of fields
   * @param before the stream as it is stored, or null
   */
  public static List<Mistake> mistakes(
      String place, @Nullable ConnectionStream before, ConnectionStream stream) {
    if (!stream.selected()) {
      return List.of();
    }
    List<Mistake> found = new NamedFields(place, stream).look();
    if (!found.isEmpty() && before != null && before.selected()) {
      ConnectionStream stored =
          new ConnectionStream(stream.name(), true, stream.stream(), before.config());
      found.removeAll(new NamedFields(place, stored).look());
    }
    return found;
  }

  /** Returns a mistake for each selected field that is within another. */
  public static List<Mistake> nested(String place, ObjectNode config) {
    List<Mistake> mistakes = new ArrayList<>();
    for (JsonNode field : config.path(SELECTED)) {
      if (field.path("fieldPath").size() != 1) {
        mistakes.add(
            new Mistake(
                place + SELECTED,
                String.join(".", StreamJson.texts(field.path("fieldPath"))),
                "top-level fields; what is within an object comes with it"));
      }
    }
    return mistakes;
  }

  private List<Mistake> look() {
    ObjectNode offered = stream.stream();
    boolean ownCursor = offered.path("sourceDefinedCursor").asBoolean();
    boolean fullRefresh = config.path("syncMode").asText().equals("full_refresh");
    boolean dedups = config.path("destinationSyncMode").asText().endsWith("_dedup");
    List<String> cursor = chosen(StreamJson.texts(config.path(CURSOR)), offeredCursor());
    List<List<String>> key = chosen(StreamJson.paths(config.path(KEY)), offeredKey());
    // Those that a mode needs are looked at with the mode.
    if (fullRefresh && !ownCursor && !cursor.equals(offeredCursor())) {
      known(CURSOR, cursor);
    }
    Set<List<String>> seen = new HashSet<>();
    for (List<String> path : key) {
      if (!seen.add(path)) {
        add(KEY, String.join(".", path), ONCE);
      } else if (!dedups && !offeredKey().contains(path)) {
        known(KEY, path);
      }
    }
    if (config.path("fieldSelectionEnabled").asBoolean()) {
      Set<String> selected = selected();
      if (dedups) {
        key.forEach(path -> needed(selected, path, "primary key"));
      }
      if (config.path("syncMode").asText().equals("incremental") && !ownCursor) {
        needed(selected, cursor, "cursor");
      }
    }
    return mistakes;
  }

  private List<String> offeredCursor() {
    return StreamJson.texts(stream.stream().path("defaultCursorField"));
  }

  private List<List<String>> offeredKey() {
    return StreamJson.paths(stream.stream().path("sourceDefinedPrimaryKey"));
  }

  private static <T> List<T> chosen(List<T> given, List<T> offered) {
    return given.isEmpty() ? offered : given;
  }

  private Set<String> selected() {
    Set<String> names = new HashSet<>();
    if (config.path(SELECTED).isEmpty()) {
      add(SELECTED, null, "at least one field; without a selection every one is synced");
    }
    for (JsonNode field : config.path(SELECTED)) {
      List<String> path = StreamJson.texts(field.path("fieldPath"));
      if (path.size() == 1 && !names.add(path.getFirst())) {
        add(SELECTED, path.getFirst(), ONCE);
      } else {
        known(SELECTED, path);
      }
    }
    return names;
  }

  private void needed(Set<String> selected, List<String> path, String what) {
    boolean isField = path.size() == 1 && (fields.isEmpty() || fields.contains(path.getFirst()));
    if (isField && !selected.isEmpty() && !selected.contains(path.getFirst())) {
      String name = path.getFirst();
      add(SELECTED, null, "the field " + name + " among them, because it is needed as " + what);
    }
  }

  private void known(String member, List<String> path) {
    if (path.size() == 1 && !fields.isEmpty() && !fields.contains(path.getFirst())) {
      add(member, path.getFirst(), "a field of stream " + stream.name().display());
    }
  }

  private void add(String member, @Nullable String value, String expected) {
    mistakes.add(new Mistake(place + member, value, expected));
  }
}
