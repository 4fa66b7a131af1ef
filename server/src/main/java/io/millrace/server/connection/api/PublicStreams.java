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
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of the public API's {@code configurations}. */
public final class PublicStreams implements StreamChoice {
  private final @Nullable List<Entry> entries;

  private PublicStreams(@Nullable List<Entry> entries) {
    this.entries = entries;
  }

  /** One stream as the client wrote it. */
  record Entry(
      String path,
      String name,
      @Nullable String namespace,
      @Nullable PublicSyncMode mode,
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
      entries.add(
          new Entry(
              one.path("name"),
              one.text("name"),
              one.textOrNull("namespace"),
              one.choiceOrNull("syncMode", PublicSyncMode.class),
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
      List<ConnectionStream> before, List<ObjectNode> discovered, Set<String> writeModes) {
    List<ConnectionStream> streams = new ArrayList<>();
    if (entries == null) {
      discovered.forEach(stream -> streams.add(whole(stream)));
    } else {
      Set<StreamName> seen = new HashSet<>();
      for (Entry entry : entries) {
        ConnectionStream stream =
            new PublicStream(entry, find(entry, discovered), writeModes).configured();
        if (!seen.add(stream.name())) {
          throw refused("Stream " + stream.name().display() + " is configured twice.");
        }
        streams.add(stream);
      }
    }
    StreamModes.check(streams);
    return streams;
  }

  /** Returns the answer to what cannot be configured. */
  static ApiException refused(String sentence) {
    return new ApiException(Fault.BAD_REQUEST, sentence);
  }

  private static ConnectionStream whole(ObjectNode stream) {
    ObjectNode config = AirbyteStreams.defaultConfig(stream, true);
    config.put("syncMode", "full_refresh").put("destinationSyncMode", "overwrite");
    return new ConnectionStream(StreamJson.name(stream), true, stream, config);
  }

  private static ObjectNode find(Entry entry, List<ObjectNode> discovered) {
    String namespace = entry.namespace() == null ? "" : entry.namespace();
    List<ObjectNode> named =
        discovered.stream().filter(one -> one.path("name").asText().equals(entry.name())).toList();
    return named.stream()
        .filter(one -> one.path("namespace").asText("").equals(namespace))
        .findFirst()
        .orElseGet(() -> unique(entry, named, namespace));
  }

  private static ObjectNode unique(Entry entry, List<ObjectNode> named, String namespace) {
    if (named.isEmpty() || !namespace.isEmpty()) {
      String shown = namespace.isEmpty() ? entry.name() : namespace + "." + entry.name();
      throw refused("The source has no stream " + cut(shown) + ".");
    }
    if (named.size() > 1) {
      throw ApiException.invalid(
          List.of(
              new Mistake(
                  entry.path(),
                  entry.name(),
                  "a namespace beside it, because "
                      + named.size()
                      + " streams of the source have this name")));
    }
    return named.getFirst();
  }

  /** Returns a text from outside, cut to a bound. */
  static String cut(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
