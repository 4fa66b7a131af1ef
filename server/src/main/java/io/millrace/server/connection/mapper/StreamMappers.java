package io.millrace.server.connection.mapper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.mapper.MapperReader;
import io.millrace.server.actor.Configurations;
import io.millrace.server.actor.SecretBox;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Mistake;
import io.millrace.server.http.Mistakes;
import io.millrace.server.json.Documents;
import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The mappers of streams in their three forms: as a client gives them, as the store keeps them with
 * the key of AES encrypted, and open for a job. Thread-safe.
 */
public final class StreamMappers {
  private static final String TYPE = "error:mapper-validation";
  private static final String INVALID = TYPE + "/invalid-config";

  private final MapperSecrets secrets;

  /** Makes it with what keeps secrets and resolves references. */
  public StreamMappers(SecretBox box, ConfigurationReferences references) {
    this.secrets = new MapperSecrets(box, references);
  }

  /**
   * Returns streams as they are stored: mappers checked against the fields, each with an id, keys
   * encrypted, and masks replaced by the stored keys.
   *
   * @param stored the connection's streams until now
   * @param place where a stream's configuration stands in the request
   * @param mistakes where wrong mappers are added; each alone is a 400 of the contract's types
   */
  public List<ConnectionStream> accepted(
      List<ConnectionStream> stored,
      List<ConnectionStream> given,
      Function<StreamName, String> place,
      Mistakes mistakes) {
    Map<StreamName, ConnectionStream> before = new HashMap<>();
    stored.forEach(stream -> before.put(stream.name(), stream));
    return given.stream()
        .map(
            stream -> {
              ConnectionStream old = before.get(stream.name());
              return MapperJson.of(stream.config()).isEmpty()
                  ? stream
                  : accepted(
                      old == null ? List.of() : MapperJson.of(old.config()),
                      stream,
                      place.apply(stream.name()),
                      mistakes);
            })
        .toList();
  }

  /** Returns streams as the API shows them. */
  public List<ConnectionStream> masked(List<ConnectionStream> stored) {
    return stored.stream()
        .map(
            stream ->
                MapperJson.of(stream.config()).isEmpty()
                    ? stream
                    : with(
                        stream,
                        MapperJson.of(stream.config()).stream().map(secrets::masked).toList()))
        .toList();
  }

  /**
   * Returns streams as a job needs them: of those that are selected, keys in plain text and
   * references resolved. They must not be stored or shown.
   *
   * @throws ConfigException when a secret or a reference cannot be had
   */
  public List<ConnectionStream> opened(List<ConnectionStream> stored) {
    List<ConnectionStream> opened = new ArrayList<>();
    for (ConnectionStream stream : stored) {
      List<ObjectNode> mappers = stream.selected() ? MapperJson.of(stream.config()) : List.of();
      List<ObjectNode> open = new ArrayList<>();
      for (ObjectNode mapper : mappers) {
        String place = "mappers of stream " + stream.name().display();
        open.add(Documents.MAPPER.valueToTree(secrets.opened(place, mapper)));
      }
      opened.add(mappers.isEmpty() ? stream : with(stream, open));
    }
    return opened;
  }

  /**
   * Returns what drafts of mappers would make of a stream: the contract's {@code
   * WebBackendValidateMappersResponse}.
   *
   * @param stored the stream as it is stored
   */
  public ObjectNode preview(ConnectionStream stored, List<ObjectNode> drafts) {
    refuseTooMany(stored, drafts);
    drafts.forEach(one -> refuseOtherwise(stored, one));
    MapperCheck check = new MapperCheck(stored);
    ObjectNode answer = Documents.empty();
    answer.set("initialFields", fields(check));
    ArrayNode mappers = Documents.MAPPER.createArrayNode();
    List<ObjectNode> merged = secrets.mergedByLook(MapperJson.of(stored.config()), drafts);
    for (int i = 0; i < merged.size(); i++) {
      ObjectNode result = mappers.addObject();
      result.set("id", merged.get(i).get(MapperJson.ID));
      result.set("inputFields", fields(check));
      MapperCheck.Wrong wrong =
          check.apply(MapperJson.MAPPERS + "[" + i + "]", secrets.checkable(merged.get(i)));
      result.set("outputFields", fields(check));
      if (wrong != null) {
        MapperCheck.Kind kind =
            wrong.kind() == MapperCheck.Kind.MISSING_PARAMETER
                ? MapperCheck.Kind.INVALID_MAPPER_CONFIG
                : wrong.kind();
        result
            .putObject("validationError")
            .put("type", kind.name())
            .put("message", wrong.sentence());
      }
    }
    answer.set("outputFields", fields(check));
    answer.set(MapperJson.MAPPERS, mappers);
    return answer;
  }

  /**
   * Tells whether drafts of mappers are what a stream has, whatever their ids; a key may be given
   * as its mask or as it is.
   *
   * @param stored the stream as it is stored
   */
  public boolean same(ConnectionStream stored, List<ObjectNode> drafts) {
    refuseTooMany(stored, drafts);
    drafts.forEach(one -> refuseOtherwise(stored, one));
    List<ObjectNode> known = MapperJson.of(stored.config());
    boolean same = known.size() == drafts.size();
    for (int i = 0; same && i < drafts.size(); i++) {
      same = secrets.says(known.get(i), drafts.get(i));
    }
    return same;
  }

  private ConnectionStream accepted(
      List<ObjectNode> stored, ConnectionStream given, String place, Mistakes mistakes) {
    List<ObjectNode> drafts = MapperJson.of(given.config());
    try {
      refuseTooMany(given, drafts);
      drafts.forEach(one -> refuseOtherwise(given, one));
    } catch (ApiException e) {
      mistakes.add(whole(place + "." + MapperJson.MAPPERS, e.sentence()), e);
      return given;
    }
    MapperCheck check = new MapperCheck(given);
    List<ObjectNode> sealed = new ArrayList<>();
    List<ObjectNode> merged = secrets.merged(stored, drafts);
    for (int i = 0; i < merged.size(); i++) {
      ObjectNode one = merged.get(i);
      String path = MapperJson.MAPPERS + "[" + i + "]";
      if (MapperSecrets.lacksKey(one)) {
        ApiException lacking = lacksKey(given, i, one);
        mistakes.add(whole(place + "." + path, lacking.sentence()), lacking);
        continue;
      }
      MapperCheck.Wrong wrong = check.apply(path, secrets.checkable(one));
      if (wrong != null && given.selected()) {
        mistakes.add(mistakes(place + ".", path, wrong), refused(given, one, wrong));
      }
      sealed.add(secrets.sealed(one));
    }
    return with(given, sealed);
  }

  private static List<Mistake> mistakes(String place, String path, MapperCheck.Wrong wrong) {
    return wrong.problems().isEmpty()
        ? List.of(whole(place + path, wrong.sentence()))
        : wrong.problems().stream().map(one -> Configurations.mistake(place, one, true)).toList();
  }

  private static Mistake whole(String path, String sentence) {
    String reason =
        sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return new Mistake(path, null, "what can be applied (" + reason + ")");
  }

  private static ApiException lacksKey(ConnectionStream stream, int index, ObjectNode mapper) {
    return refused(
        TYPE + "/secret-not-found",
        "Stream "
            + stream.name().display()
            + ": the key of mapper "
            + (index + 1)
            + " is masked, and no key is stored for it; give the key itself.",
        id(mapper));
  }

  private static void refuseTooMany(ConnectionStream stream, List<ObjectNode> drafts) {
    if (drafts.size() > MapperReader.MAPPERS_MAX) {
      throw refused(
          INVALID,
          "Stream "
              + stream.name().display()
              + " has "
              + drafts.size()
              + " mappers; expected at most "
              + MapperReader.MAPPERS_MAX
              + ".",
          Map.of());
    }
  }

  private static void refuseOtherwise(ConnectionStream stream, ObjectNode given) {
    if (MapperSecrets.pretends(given)) {
      throw refused(
          INVALID,
          "Stream "
              + stream.name().display()
              + ": the key of a mapper is expected as text, not as an encrypted value.",
          id(given));
    }
    if (given.hasNonNull(MapperJson.ID)) {
      try {
        UUID.fromString(given.get(MapperJson.ID).asText());
      } catch (IllegalArgumentException e) {
        throw refused(
            INVALID,
            "Stream "
                + stream.name().display()
                + ": the id of a mapper is \""
                + ConfigException.outside(given.get(MapperJson.ID).asText())
                + "\"; expected a UUID, or none.",
            Map.of());
      }
    }
  }

  private ApiException refused(
      ConnectionStream stream, ObjectNode mapper, MapperCheck.Wrong wrong) {
    String sentence = "Stream " + stream.name().display() + ": " + wrong.sentence();
    return switch (wrong.kind()) {
      case MISSING_PARAMETER -> refused(TYPE + "/missing-required-param", sentence, id(mapper));
      case INVALID_MAPPER_CONFIG, MISSING_MAPPER -> refused(INVALID, sentence, id(mapper));
      case FIELD_NOT_FOUND, FIELD_ALREADY_EXISTS ->
          refused(
              TYPE,
              sentence,
              Map.of(
                  "errors",
                  List.of(
                      Map.of(
                          "stream", stream.name().name(),
                          "error", wrong.kind().name(),
                          "mapper", secrets.masked(secrets.sealed(mapper))))));
    };
  }

  private static ApiException refused(String type, String sentence, Map<String, Object> data) {
    return ApiException.typed(Fault.BAD_REQUEST, type, sentence, data);
  }

  private static Map<String, Object> id(ObjectNode mapper) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("mapperType", ConfigException.outside(mapper.path(MapperJson.TYPE).asText()));
    if (mapper.hasNonNull(MapperJson.ID)) {
      data.put("mapperId", mapper.get(MapperJson.ID).asText());
    }
    return data;
  }

  private static ArrayNode fields(MapperCheck check) {
    ArrayNode fields = Documents.MAPPER.createArrayNode();
    for (MapperCheck.Spec one : check.fields()) {
      fields
          .addObject()
          .put("name", one.name())
          .put("type", one.type().name())
          .put("isSelectedPrimaryKey", one.key())
          .put("isSelectedCursor", one.cursor());
    }
    return fields;
  }

  private static ConnectionStream with(ConnectionStream stream, List<ObjectNode> mappers) {
    ObjectNode config = stream.config().deepCopy();
    ArrayNode list = config.putArray(MapperJson.MAPPERS);
    mappers.forEach(list::add);
    return new ConnectionStream(stream.name(), stream.selected(), stream.stream(), config);
  }
}
