package io.millrace.server.connection.spec;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.Failure;
import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.mapper.Mapper;
import io.millrace.engine.mapper.MapperReader;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.mapper.MapperJson;
import io.millrace.server.connection.schema.LostStream;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.http.Mistake;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a connection into what the engine syncs. Pure. */
public final class ConnectionSpecs {
  private ConnectionSpecs() {}

  /**
   * Returns what the engine is to sync. A stream that can be read now and is gone when the engine
   * looks is lost likewise.
   *
   * @param streams the connection's streams, or those of them that can be read now, the secrets of
   *     their mappers filled in; those that are not selected are left out
   * @param lost selected streams that cannot be read: each fails with its problem, and the others
   *     are synced
   * @param known whether nothing but the fields that the connection knows is read, also where its
   *     preference is to follow the source
   * @param source the source, its secrets filled in
   * @param destination the destination, its secrets filled in
   * @throws ConfigException when no stream is selected, one cannot be synced as configured, or an
   *     end's configuration is wrong
   */
  public static SyncSpec spec(
      Connection connection,
      List<ConnectionStream> streams,
      List<LostStream> lost,
      boolean known,
      Endpoint source,
      Endpoint destination) {
    boolean listed = known || !SchemaPreference.of(connection).propagates();
    List<StreamSelection> selections = new ArrayList<>();
    streams.stream()
        .filter(ConnectionStream::selected)
        .map(stream -> selection(stream, listed))
        .forEach(selections::add);
    lost.stream().map(ConnectionSpecs::failing).forEach(selections::add);
    if (selections.isEmpty()) {
      throw new ConfigException(
          "no_streams",
          "The connection \"" + connection.name() + "\" has no stream to sync; select one.");
    }
    return new SyncSpec(
        connection.id().toString(),
        source.source(),
        destination.destination(),
        selections,
        StreamOptions.NONE,
        namespace(connection),
        connection.prefix(),
        SchemaChangePolicy.PROPAGATE);
  }

  private static NamespaceRule namespace(Connection connection) {
    return switch (connection.namespaceDefinition()) {
      case "source" -> new NamespaceRule.OfSource();
      case "destination" -> new NamespaceRule.OfDestination();
      default ->
          new NamespaceRule.Custom(
              Objects.requireNonNullElse(
                  connection.namespaceFormat(), NamespaceRule.SOURCE_NAMESPACE));
    };
  }

  private static StreamSelection selection(ConnectionStream stream, boolean listed) {
    List<Mistake> mistakes =
        StreamModes.mistakes("stream " + stream.name().display() + ": ", stream);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(
          "stream_config", String.join(" ", mistakes.stream().map(Mistake::sentence).toList()));
    }
    ObjectNode config = stream.config();
    List<String> cursor = StreamJson.texts(config.path("cursorField"));
    List<String> key =
        StreamJson.paths(config.path("primaryKey")).stream().map(List::getFirst).toList();
    return StreamSelection.seen(
        stream.name(),
        new StreamOptions(
            StreamModes.mode(config).orElseThrow(),
            cursor.isEmpty() ? null : cursor.getFirst(),
            key.isEmpty() ? null : key,
            columns(stream, listed),
            target(config),
            mappers(stream)),
        problem(LostStream.gone(stream)));
  }

  private static StreamSelection failing(LostStream lost) {
    ObjectNode config = lost.stream().config();
    return StreamSelection.failing(
        lost.stream().name(),
        new StreamOptions(StreamModes.mode(config).orElse(null), null, null, null, target(config)),
        problem(lost));
  }

  private static ConfigException problem(LostStream lost) {
    return new ConfigException(Failure.STREAM_LOST, lost.problem());
  }

  private static @Nullable String target(ObjectNode config) {
    return config.hasNonNull("destinationObjectName")
        ? config.get("destinationObjectName").asText()
        : null;
  }

  private static @Nullable List<Mapper> mappers(ConnectionStream stream) {
    if (stream.config().path(MapperJson.MAPPERS).isEmpty()) {
      return null;
    }
    MapperReader reader = new MapperReader();
    List<Mapper> mappers =
        reader.list(
            MapperJson.MAPPERS,
            Documents.MAPPER.convertValue(
                stream.config().path(MapperJson.MAPPERS), new TypeReference<List<Object>>() {}));
    if (!reader.problems().isEmpty()) {
      throw new ConfigException(
          "mapper_invalid",
          "Stream "
              + stream.name().display()
              + ": "
              + String.join(" ", reader.problems().stream().map(one -> one.line() + ".").toList()));
    }
    return mappers;
  }

  private static @Nullable List<String> columns(ConnectionStream stream, boolean listed) {
    if (stream.config().path("fieldSelectionEnabled").asBoolean()) {
      List<String> selected = StreamJson.selectedFields(stream.config());
      if (!selected.isEmpty()) {
        return selected;
      }
    }
    List<String> known = StreamJson.fields(stream.stream());
    return listed && !known.isEmpty() ? known : null;
  }
}
