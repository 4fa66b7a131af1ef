package io.millrace.server.actor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.KnownFields;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Mistake;
import io.millrace.server.json.Documents;
import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.PathRule;
import io.millrace.spi.config.ConfigProblem;
import io.millrace.spi.config.ConfigSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns configurations that clients give into those that are stored, and these into endpoints. */
public final class Configurations {
  private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
  private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};
  private static final String REQUIRED = "is required: ";

  private final SecretBox secrets;
  private final ConfigurationReferences references;
  private final Path baseDirectory;
  private final PathRule files;

  /**
   * Makes it.
   *
   * @param environment what {@code ${env:NAME}} stands for
   * @param baseDirectory the folder that relative paths of configurations count from
   * @param files which local files connectors may touch
   * @param secretFiles which files {@code ${file:PATH}} may name
   */
  public Configurations(
      SecretBox secrets,
      Map<String, String> environment,
      Path baseDirectory,
      PathRule files,
      PathRule secretFiles) {
    this.secrets = secrets;
    this.references = new ConfigurationReferences(environment, baseDirectory, secretFiles);
    this.baseDirectory = baseDirectory;
    this.files = files;
  }

  /**
   * A configuration of a connector as a client gave it.
   *
   * @param connector the connector
   * @param values what was given
   * @param field the field of the request that it stood in, for messages
   */
  public record Given(ConnectorDefinition<?> connector, ObjectNode values, String field) {}

  /**
   * Returns a new configuration as it is stored.
   *
   * @throws ApiException 422 that names every wrong field
   */
  public ObjectNode accept(Given given) {
    return accept(given, Documents.empty());
  }

  /**
   * Returns a configuration as it is stored, in the place of another.
   *
   * @param stored the other, from which masked values are taken
   * @throws ApiException 422 that names every wrong field
   */
  public ObjectNode accept(Given given, ObjectNode stored) {
    refuseSealed(given.values(), given.field());
    return checked(given, stored, secrets.merge(stored, given.values()));
  }

  /**
   * Returns a configuration as it is stored, some of its fields changed: objects are merged, a null
   * takes a field away, and whoever chooses another alternative leaves what only the first has.
   *
   * @throws ApiException 422 that names every wrong field
   */
  public ObjectNode acceptPart(Given given, ObjectNode stored) {
    refuseSealed(given.values(), given.field());
    ObjectNode merged = stored.deepCopy();
    merge(merged, secrets.merge(stored, given.values()));
    Map<String, Object> schema = ConfigSpec.of(given.connector()).jsonSchema();
    Branches.leave(schema, stored, given.values(), merged);
    return checked(given, stored, merged);
  }

  /**
   * Tells whether a client gave what is stored already; secrets may be given as their masks or as
   * they are.
   */
  public boolean same(Given given, ObjectNode stored) {
    refuseSealed(given.values(), given.field());
    return Documents.same(secrets.merge(stored, given.values()), stored);
  }

  /** Returns a stored configuration as the API shows it. */
  public ObjectNode masked(ObjectNode stored) {
    return secrets.mask(stored);
  }

  /**
   * Returns a stored configuration opened for its connector.
   *
   * @throws io.millrace.spi.ConfigException when a reference cannot be resolved
   */
  public Endpoint endpoint(ConnectorDefinition<?> connector, ObjectNode stored) {
    Map<String, Object> values = references.resolve("configuration", plain(secrets.open(stored)));
    return new Endpoint(
        connector,
        KnownFields.of(connector, values).values(),
        baseDirectory,
        "configuration",
        files);
  }

  /** Returns the lines of a log that say what {@link #warnings} does. */
  public List<String> notes(ConnectorDefinition<?> connector, ObjectNode stored) {
    return warnings(connector, stored).stream().map("WARN "::concat).toList();
  }

  /**
   * Returns a sentence for each field of a stored configuration that its connector does not know.
   */
  List<String> warnings(ConnectorDefinition<?> connector, ObjectNode stored) {
    return KnownFields.of(connector, plain(secrets.mask(stored))).unknown().stream()
        .map(
            path ->
                "The field "
                    + path
                    + " is kept, but "
                    + connector.info().name()
                    + " has no such option and does not use it.")
        .toList();
  }

  private ObjectNode checked(Given given, ObjectNode stored, ObjectNode merged) {
    SecretFields fields = SecretFields.of(given.connector());
    ObjectNode open = secrets.open(merged);
    List<Mistake> mistakes = new ArrayList<>();
    findMasks(open, fields, false, given.field(), mistakes);
    UrlSecrets.find(open, stored, fields, given.field(), mistakes);
    Map<String, Object> plain = plain(open);
    Map<String, Object> resolved = references.resolve(given.field(), plain);
    KnownFields known =
        KnownFields.of(given.connector(), resolved, path -> mayParse(pointer(path), open, stored));
    boolean showValues = resolved.equals(plain);
    Set<String> masked = mistakes.stream().map(Mistake::path).collect(Collectors.toSet());
    known.problems().stream()
        .map(problem -> mistake(given.field(), problem, showValues))
        .filter(mistake -> !masked.contains(mistake.path()))
        .forEach(mistakes::add);
    if (!mistakes.isEmpty()) {
      throw ApiException.invalid(mistakes);
    }
    if (!known.unknown().isEmpty()) {
      LOG.atWarn()
          .addKeyValue("connector", given.connector().info().name())
          .addKeyValue("fields", known.unknown())
          .log("configuration_fields_unknown");
    }
    return secrets.seal(merged, fields);
  }

  /**
   * Returns a problem of a configuration as a mistake of a request.
   *
   * @param field what stands before its path
   * @param showValue false where a value may come from behind a reference, which is never shown
   */
  public static Mistake mistake(String field, ConfigProblem problem, boolean showValue) {
    String path =
        field + (problem.path().startsWith("$") ? problem.path().substring(1) : problem.path());
    String value = problem.value();
    if (value == null) {
      String expected = problem.expected();
      return expected.startsWith(REQUIRED)
          ? new Mistake(path, null, expected.substring(REQUIRED.length()) + "; it is required")
          : new Mistake(path, null, "something else, as it " + expected);
    }
    boolean text = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    boolean scalar = !value.startsWith("an ") && !value.startsWith("a ");
    String shown = text ? value.substring(1, value.length() - 1) : value;
    return scalar
        ? new Mistake(path, showValue ? shown : null, problem.expected())
        : new Mistake(path, null, problem.expected() + ", not " + value);
  }

  /**
   * Tells where text may stand in for what is no text. What stands behind a reference is text
   * whatever it means. What is stored already is no reason to refuse a change of something else.
   */
  private static boolean mayParse(JsonPointer place, ObjectNode open, ObjectNode stored) {
    JsonNode given = open.at(place);
    return !given.isTextual()
        || ConfigurationReferences.mayHold(given.textValue())
        || given.equals(stored.at(place));
  }

  /** Returns the place of a field that a connector knows: {@code $.a.b[0]}. */
  private static JsonPointer pointer(String path) {
    return JsonPointer.compile(path.substring(1).replace('.', '/').replaceAll("\\[(\\d+)]", "/$1"));
  }

  /** An encrypted value comes from the store alone, never from a client. */
  private static void refuseSealed(JsonNode node, String path) {
    if (node.has(SecretBox.SEALED)) {
      throw ApiException.invalid(
          List.of(new Mistake(path, null, "a text in place of an encrypted value")));
    }
    node.properties().forEach(entry -> refuseSealed(entry.getValue(), path + "." + entry.getKey()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      refuseSealed(node.get(i), path + "[" + i + "]");
    }
  }

  private static void findMasks(
      JsonNode node, SecretFields fields, boolean secret, String path, List<Mistake> mistakes) {
    if (SecretBox.MASK.equals(node.textValue())) {
      String expected =
          secret
              ? "the secret itself; nothing is stored for its mask"
              : "the value itself; it is no secret, so no mask stands for it";
      mistakes.add(new Mistake(path, null, expected));
    }
    node.properties()
        .forEach(
            entry -> {
              boolean inSecret = secret || fields.has(entry.getKey());
              findMasks(entry.getValue(), fields, inSecret, path + "." + entry.getKey(), mistakes);
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      findMasks(node.get(i), fields, secret, path + "[" + i + "]", mistakes);
    }
  }

  private static void merge(ObjectNode old, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.isNull()) {
                old.remove(entry.getKey());
              } else if (value instanceof ObjectNode inner
                  && !inner.has(SecretBox.SEALED)
                  && old.get(entry.getKey()) instanceof ObjectNode before
                  && !before.has(SecretBox.SEALED)) {
                merge(before, inner);
              } else {
                old.set(entry.getKey(), value);
              }
            });
  }

  private static Map<String, Object> plain(ObjectNode json) {
    return Documents.MAPPER.convertValue(json, PLAIN);
  }
}
