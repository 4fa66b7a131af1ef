package io.millrace.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.Actors;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Method;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The streams of a source on the public API. */
final class StreamResources {
  /**
   * How Java clients before 1.0 name themselves. They read the list out of an object, and know
   * fewer modes.
   */
  private static final String OLD_JAVA_CLIENT = "speakeasy-sdk/java 0.";

  private static final String NEWER_MODE = "full_refresh_overwrite_deduped";

  private final Actors actors;
  private final Catalogs catalogs;
  private final PromptLooks looks;
  private final Definitions definitions;

  StreamResources(Actors actors, Catalogs catalogs, Definitions definitions) {
    this.actors = actors;
    this.catalogs = catalogs;
    this.looks = new PromptLooks(catalogs);
    this.definitions = definitions;
  }

  void addTo(Routes routes) {
    routes.resource(Access.READ, Method.GET, "/streams", this::list);
  }

  private Answer list(Call call) throws InterruptedException {
    Query query = call.parameters();
    List<UUID> sources = query.ids("sourceId");
    if (call.queries("sourceId").size() != 1) {
      query.wrong("sourceId", null, "one UUID; it is required");
    }
    List<UUID> destinations = query.ids("destinationId");
    boolean anew = query.flag("ignoreCache");
    query.check();
    ActorId source = new ActorId(sources.getFirst());
    actors.get(Side.SOURCE, source);
    Set<WriteMode> modes =
        destinations.isEmpty() ? Set.of() : modes(new ActorId(destinations.getFirst()));
    List<String> texts = catalogs.texts(catalog(call, source, anew).id());
    if (!isOld(call)) {
      return CatalogWriter.array(
          texts, stream -> AirbyteStreams.properties(stream, syncModes(stream, modes)));
    }
    return CatalogWriter.wrapped(
        "streams",
        texts,
        stream -> {
          List<String> known = new ArrayList<>(syncModes(stream, modes));
          known.remove(NEWER_MODE);
          return AirbyteStreams.properties(stream, known);
        });
  }

  /** The public API knows one answer for a source that is away, and it is no 503. */
  private Catalog catalog(Call call, ActorId source, boolean anew) throws InterruptedException {
    try {
      return anew
          ? catalogs.find(call.caller(), source, false).catalog()
          : looks.find(call.caller(), source);
    } catch (TransientException | OutcomeUnknownException e) {
      throw new ApiException(Fault.UNEXPECTED, e.userMessage());
    }
  }

  private static boolean isOld(Call call) {
    String client = call.header("User-Agent");
    return client != null && client.startsWith(OLD_JAVA_CLIENT);
  }

  private Set<WriteMode> modes(ActorId id) {
    Actor destination = actors.get(Side.DESTINATION, id);
    return switch (actors.connector(destination)) {
      case DestinationDefinition<?> definition -> definitions.writeModes(definition);
      case SourceDefinition<?> ignored -> Set.of();
    };
  }

  /** Returns what the public API calls the combinations that a stream and a destination can do. */
  private static List<String> syncModes(ObjectNode stream, Set<WriteMode> modes) {
    boolean incremental = AirbyteStreams.has(stream.path("supportedSyncModes"), "incremental");
    List<String> names = new ArrayList<>();
    add(names, modes.contains(WriteMode.OVERWRITE), "full_refresh_overwrite");
    add(names, modes.contains(WriteMode.OVERWRITE_DEDUP), NEWER_MODE);
    add(names, modes.contains(WriteMode.APPEND), "full_refresh_append");
    add(names, incremental && modes.contains(WriteMode.APPEND), "incremental_append");
    add(
        names,
        incremental && modes.contains(WriteMode.APPEND_DEDUP),
        "incremental_deduped_history");
    return names;
  }

  private static void add(List<String> names, boolean can, String name) {
    if (can) {
      names.add(name);
    }
  }
}
