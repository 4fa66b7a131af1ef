package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamChoice;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.mapper.MapperJson;
import io.millrace.server.connection.spec.NamedFields;
import io.millrace.server.connection.spec.StreamModes;
import io.millrace.server.http.Body;
import io.millrace.server.http.Mistake;
import io.millrace.server.http.Mistakes;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of a {@code syncCatalog}. */
final class ConfigStreams implements StreamChoice {
  private enum Read {
    FULL_REFRESH,
    INCREMENTAL
  }

  private enum Write {
    APPEND,
    OVERWRITE,
    APPEND_DEDUP,
    OVERWRITE_DEDUP,
    UPDATE,
    SOFT_DELETE
  }

  private static final String NAMESPACE = "namespace";
  private static final String SCHEMA = "jsonSchema";

  private final List<Entry> entries;

  /** Where the streams of the last match are configured. */
  private final Map<StreamName, String> places = new HashMap<>();

  private ConfigStreams(List<Entry> entries) {
    this.entries = entries;
  }

  /** One stream as the client wrote it. */
  private record Entry(
      String path, String configPath, StreamName name, ObjectNode stream, ObjectNode config) {
    boolean described() {
      return stream.path(SCHEMA).isObject();
    }

    boolean complete() {
      return described() && name.namespace() != null;
    }
  }

  /** Reads a catalog; what is wrong is remembered in it. */
  static ConfigStreams read(Body catalog) {
    List<Entry> entries = new ArrayList<>();
    for (Body one : catalog.objects("streams")) {
      Body stream = one.object("stream");
      String name = stream.text("name");
      String namespace = stream.textOrNull(NAMESPACE);
      checkStream(stream);
      Body config = one.objectOrNull("config");
      ObjectNode kept = config == null ? defaults(stream) : config(config);
      if (!name.isBlank()) {
        entries.add(
            new Entry(
                one.path("stream"),
                one.path("config"),
                new StreamName(namespace == null || namespace.isEmpty() ? null : namespace, name),
                withoutNulls(stream.json()),
                kept));
      }
    }
    return new ConfigStreams(entries);
  }

  /** Returns what it says of the streams themselves. */
  List<ObjectNode> streams() {
    return entries.stream().map(Entry::stream).toList();
  }

  @Override
  public boolean needsCatalog() {
    return entries.stream().anyMatch(entry -> !entry.complete());
  }

  @Override
  public boolean describesStreams() {
    return entries.stream().allMatch(Entry::described);
  }

  @Override
  public List<ConnectionStream> match(
      List<ConnectionStream> before,
      List<ObjectNode> discovered,
      Set<String> writeModes,
      Mistakes mistakes) {
    Map<String, List<ObjectNode>> byName = new HashMap<>();
    discovered.forEach(
        stream ->
            byName
                .computeIfAbsent(stream.path("name").asText(), name -> new ArrayList<>())
                .add(stream));
    List<ConnectionStream> streams = new ArrayList<>();
    places.clear();
    for (Entry entry : entries) {
      ConnectionStream stream = match(entry, byName, mistakes);
      if (stream != null && places.putIfAbsent(stream.name(), entry.configPath()) != null) {
        mistakes.add(
            new Mistake(
                entry.path() + ".name", stream.name().display(), "every stream once at most"));
      } else if (stream != null) {
        streams.add(stream);
      }
    }
    if (streams.stream().noneMatch(ConnectionStream::selected)) {
      streams.replaceAll(one -> one.select(selectedByDefault(before, one.name())));
    }
    Map<StreamName, ConnectionStream> known = new HashMap<>();
    before.forEach(one -> known.put(one.name(), one));
    for (ConnectionStream one : streams) {
      String place = place(one.name());
      StreamModes.check(place, one, mistakes);
      ConnectionStream stored = known.get(one.name());
      NamedFields.mistakes(place + ".", stored, one).forEach(mistakes::add);
      StreamModes.checkOffered(place, stored, one, writeModes, mistakes);
    }
    return streams;
  }

  @Override
  public String place(StreamName stream) {
    return places.getOrDefault(stream, "syncCatalog.streams");
  }

  /**
   * Clients that know nothing of selection send on what a discover showed, where nothing is
   * selected: they mean what they name. An update leaves the selection as it was.
   */
  private static boolean selectedByDefault(List<ConnectionStream> before, StreamName name) {
    return before.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .map(ConnectionStream::selected)
        .orElse(before.isEmpty());
  }

  private static @Nullable ConnectionStream match(
      Entry entry, Map<String, List<ObjectNode>> byName, Mistakes mistakes) {
    List<ObjectNode> named = byName.getOrDefault(entry.name().name(), List.of());
    Optional<ObjectNode> exact =
        named.stream().filter(one -> StreamJson.name(one).equals(entry.name())).findFirst();
    ObjectNode found = exact.orElse(null);
    if (found == null && entry.name().namespace() == null) {
      if (named.size() > 1) {
        mistakes.add(
            new Mistake(
                entry.path() + "." + NAMESPACE,
                null,
                "a namespace, because the source has a stream "
                    + entry.name().name()
                    + " in "
                    + named.size()
                    + " of them"));
        return null;
      }
      found = named.isEmpty() ? null : named.getFirst();
    }
    if (found == null && !entry.stream().path(SCHEMA).isObject()) {
      mistakes.add(
          new Mistake(
              entry.path() + ".name",
              entry.name().display(),
              "the name of a stream of the source"));
      return null;
    }
    ObjectNode stream = found == null ? entry.stream() : found.deepCopy().setAll(entry.stream());
    StreamName name = found == null ? entry.name() : StreamJson.name(found);
    if (name.namespace() != null) {
      stream.put(NAMESPACE, name.namespace());
    }
    boolean selected = entry.config().path("selected").asBoolean();
    return new ConnectionStream(name, selected, stream, entry.config());
  }

  private static void checkStream(Body stream) {
    stream.objectOrNull(SCHEMA);
    stream.each("supportedSyncModes", "full_refresh or incremental", ConfigStreams::readMode);
    stream.flagOrNull("sourceDefinedCursor");
    stream.texts("defaultCursorField");
    StreamFields.paths(stream, "sourceDefinedPrimaryKey");
    stream.flagOrNull("isResumable");
    stream.flagOrNull("isFileBased");
  }

  private static @Nullable Read readMode(String text) {
    return Arrays.stream(Read.values())
        .filter(one -> StreamFields.label(one).equals(text))
        .findFirst()
        .orElse(null);
  }

  private static ObjectNode defaults(Body stream) {
    ObjectNode json = stream.json();
    boolean named = json.path("name").isTextual() && !json.path("name").textValue().isEmpty();
    if (!named) {
      return AirbyteStreams.defaultConfig(json.deepCopy().put("name", "-"), true);
    }
    return AirbyteStreams.defaultConfig(json, true);
  }

  private static ObjectNode config(Body config) {
    ObjectNode kept = withoutNulls(config.json());
    mode(config, "syncMode", Read.class, kept);
    mode(config, "destinationSyncMode", Write.class, kept);
    config.texts("cursorField");
    StreamFields.paths(config, "primaryKey");
    config.textOrNull(NAMESPACE);
    config.textOrNull("destinationObjectName");
    config.textOrNull("aliasName");
    config.numberOrNull("syncId");
    config.numberOrNull("generationId");
    config.numberOrNull("minimumGenerationId");
    config.flagOrNull("suggested");
    config.flagOrNull("includeFiles");
    config.objects(MapperJson.MAPPERS);
    for (Body hashed : config.objects(MapperJson.HASHED)) {
      if (hashed.texts("fieldPath").size() != 1) {
        hashed.wrong("fieldPath", "a list with the name of one top-level field");
      }
    }
    MapperJson.adoptHashedFields(kept);
    kept.put("selected", config.flag("selected", true));
    kept.put("fieldSelectionEnabled", config.flag("fieldSelectionEnabled", false));
    StreamFields.selected(config);
    return kept;
  }

  /** A mode that is none is kept as null, so that nothing follows from it. */
  private static <E extends Enum<E>> void mode(
      Body config, String name, Class<E> type, ObjectNode kept) {
    E first = config.choice(name, type);
    boolean right =
        config.has(name)
            && StreamFields.label(first).equalsIgnoreCase(config.json().get(name).asText());
    kept.put(name, right ? StreamFields.label(first) : null);
  }

  private static ObjectNode withoutNulls(ObjectNode json) {
    ObjectNode kept = json.deepCopy();
    List<String> nulls =
        kept.properties().stream()
            .filter(one -> one.getValue().isNull())
            .map(Map.Entry<String, JsonNode>::getKey)
            .toList();
    kept.remove(nulls);
    return kept;
  }
}
