package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamChoice;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.spec.StreamModes;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Mistake;
import io.millrace.server.http.Mistakes;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of the public API's {@code configurations}. */
public final class PublicStreams implements StreamChoice {
  private final @Nullable List<Entry> entries;

  /** Where the streams of the last match are configured. */
  private final Map<StreamName, String> places = new HashMap<>();

  private PublicStreams(@Nullable List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * One stream as the client wrote it.
   *
   * @param place where it stands in the request
   * @param modeRead false where what stands as its mode is none
   */
  record Entry(
      String place,
      String name,
      @Nullable String namespace,
      @Nullable PublicSyncMode mode,
      boolean modeRead,
      List<String> cursor,
      @Nullable List<List<String>> key,
      @Nullable List<List<String>> fields,
      ObjectNode json) {}

  /** Every stream of the source, whole. */
  public static PublicStreams everything() {
    return new PublicStreams(null);
  }

  /** Reads {@code configurations}; what is wrong is remembered in it. */
  static PublicStreams read(Body configurations) {
    if (!configurations.has("streams")) {
      return everything();
    }
    List<Entry> entries = new ArrayList<>();
    for (Body one : configurations.objects("streams")) {
      one.objects("mappers");
      one.flagOrNull("includeFiles");
      one.textOrNull("destinationObjectName");
      PublicSyncMode mode = one.choiceOrNull("syncMode", PublicSyncMode.class);
      entries.add(
          new Entry(
              one.place(),
              one.text("name"),
              one.textOrNull("namespace"),
              mode,
              mode != null || !one.has("syncMode"),
              one.texts("cursorField"),
              StreamFields.paths(one, "primaryKey"),
              StreamFields.selected(one),
              one.json()));
    }
    return new PublicStreams(entries);
  }

  @Override
  public boolean needsCatalog() {
    return entries == null || !entries.isEmpty();
  }

  @Override
  public boolean describesStreams() {
    return false;
  }

  @Override
  public List<ConnectionStream> match(
      List<ConnectionStream> before,
      List<ObjectNode> discovered,
      Set<String> writeModes,
      Mistakes mistakes) {
    List<ConnectionStream> streams = new ArrayList<>();
    if (entries == null) {
      discovered.forEach(stream -> streams.add(whole(stream)));
      return streams;
    }
    places.clear();
    Map<StreamName, ConnectionStream> known = new HashMap<>();
    before.forEach(one -> known.put(one.name(), one));
    for (Entry entry : entries) {
      ObjectNode found = find(entry, discovered, mistakes);
      if (found == null) {
        continue;
      }
      Mistakes ofStream = new Mistakes();
      ConnectionStream stored = known.get(StreamJson.name(found));
      ConnectionStream stream =
          new PublicStream(entry, found, writeModes, ofStream).configured(stored);
      if (places.putIfAbsent(stream.name(), entry.place()) != null) {
        refuse(entry, "name", stream.name().display(), "every stream once at most", ofStream);
      } else {
        streams.add(stream);
        if (ofStream.isEmpty()) {
          StreamModes.check(entry.place(), stream, ofStream);
        }
      }
      mistakes.addOthers(ofStream);
    }
    return streams;
  }

  @Override
  public String place(StreamName stream) {
    return places.getOrDefault(stream, "configurations.streams");
  }

  /** Adds what cannot be configured: a 400 on this API, where nothing else is wrong. */
  static void refuse(
      Entry entry, String member, @Nullable String value, String expected, Mistakes mistakes) {
    refuse(new Mistake(entry.place() + "." + member, value, expected), mistakes);
  }

  /** Like the other, of a mistake that is known whole. */
  static void refuse(Mistake mistake, Mistakes mistakes) {
    mistakes.add(mistake, new ApiException(Fault.BAD_REQUEST, mistake.sentence()));
  }

  private static ConnectionStream whole(ObjectNode stream) {
    ObjectNode config = AirbyteStreams.defaultConfig(stream, true);
    config.put("syncMode", "full_refresh").put("destinationSyncMode", "overwrite");
    return new ConnectionStream(StreamJson.name(stream), true, stream, config);
  }

  private static @Nullable ObjectNode find(
      Entry entry, List<ObjectNode> discovered, Mistakes mistakes) {
    if (entry.name().isBlank()) {
      return null;
    }
    String namespace = entry.namespace() == null ? "" : entry.namespace();
    List<ObjectNode> named =
        discovered.stream().filter(one -> one.path("name").asText().equals(entry.name())).toList();
    ObjectNode exact =
        named.stream()
            .filter(one -> one.path("namespace").asText("").equals(namespace))
            .findFirst()
            .orElse(null);
    return exact == null ? unique(entry, named, namespace, mistakes) : exact;
  }

  private static @Nullable ObjectNode unique(
      Entry entry, List<ObjectNode> named, String namespace, Mistakes mistakes) {
    if (named.isEmpty() || !namespace.isEmpty()) {
      String shown = namespace.isEmpty() ? entry.name() : namespace + "." + entry.name();
      refuse(entry, "name", shown, "the name of a stream of the source", mistakes);
      return null;
    }
    if (named.size() > 1) {
      mistakes.add(
          new Mistake(
              entry.place() + ".name",
              entry.name(),
              "a namespace beside it, because "
                  + named.size()
                  + " streams of the source have this name"));
      return null;
    }
    return named.getFirst();
  }
}
