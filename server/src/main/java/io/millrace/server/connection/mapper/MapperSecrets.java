package io.millrace.server.connection.mapper;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.SecretBox;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import io.millrace.server.pipeline.ConfigurationReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;

/** The secret in mappers: the key of AES. Thread-safe. */
final class MapperSecrets {
  private static final String KEY = "key";
  private static final SecretFields FIELDS = SecretFields.named(Set.of(KEY));

  /** Stands in for the key behind a reference, which is not looked at before a job runs. */
  private static final String SOME_KEY = "00".repeat(16);

  private final SecretBox box;
  private final ConfigurationReferences references;

  MapperSecrets(SecretBox box, ConfigurationReferences references) {
    this.box = box;
    this.references = references;
  }

  /** Returns a mapper as the API shows it. */
  ObjectNode masked(ObjectNode stored) {
    return box.mask(stored);
  }

  /** Returns a mapper as it is stored. */
  ObjectNode sealed(ObjectNode merged) {
    return box.seal(merged, FIELDS);
  }

  /** Returns a stored mapper as a job needs it. */
  Map<String, Object> opened(String place, ObjectNode stored) {
    return references.resolve(place, plain(box.open(stored)));
  }

  /** Returns a mapper to be checked: with its key, or any where that is behind a reference. */
  Map<String, Object> checkable(ObjectNode merged) {
    ObjectNode open = box.open(merged);
    if (open.get(MapperJson.CONFIGURATION) instanceof ObjectNode configuration
        && ConfigurationReferences.isOne(configuration.path(KEY).asText())) {
      configuration.put(KEY, SOME_KEY);
    }
    return plain(open);
  }

  /** Tells whether the key is still the mask. */
  static boolean lacksKey(ObjectNode merged) {
    return merged.path(MapperJson.CONFIGURATION).path(KEY).asText().equals(SecretBox.MASK);
  }

  /** Tells whether a client pretends to have an encrypted value. */
  static boolean pretends(JsonNode given) {
    return given.findValue(SecretBox.SEALED) != null;
  }

  /**
   * Returns given mappers with ids, and with stored keys in the place of masks. A mapper without an
   * id is the stored one that says the same, or has the same place where none was taken out.
   */
  List<ObjectNode> merged(List<ObjectNode> stored, List<ObjectNode> given) {
    return merged(stored, given, this::says);
  }

  /** Like the other, for whom no answer may tell whether they know a key. */
  List<ObjectNode> mergedByLook(List<ObjectNode> stored, List<ObjectNode> given) {
    return merged(
        stored, given, (other, one) -> MapperJson.bare(masked(other)).equals(MapperJson.bare(one)));
  }

  /** Tells whether a given mapper is the stored one, its key given as it is or as the mask. */
  boolean says(ObjectNode stored, ObjectNode given) {
    ObjectNode bare = MapperJson.bare(stored);
    return Documents.same(box.merge(bare, MapperJson.bare(given)), bare);
  }

  private List<ObjectNode> merged(
      List<ObjectNode> stored,
      List<ObjectNode> given,
      BiPredicate<ObjectNode, ObjectNode> withoutId) {
    List<ObjectNode> left = new ArrayList<>(stored);
    List<Optional<ObjectNode>> found = new ArrayList<>();
    for (ObjectNode one : given) {
      Optional<ObjectNode> same =
          left.stream()
              .filter(
                  other ->
                      one.hasNonNull(MapperJson.ID)
                          ? one.get(MapperJson.ID).equals(other.get(MapperJson.ID))
                          : withoutId.test(other, one))
              .findFirst();
      same.ifPresent(left::remove);
      found.add(same);
    }
    List<ObjectNode> merged = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Optional<ObjectNode> counterpart = found.get(i);
      if (counterpart.isEmpty() && given.size() >= stored.size() && i < stored.size()) {
        ObjectNode placed = stored.get(i);
        counterpart = left.contains(placed) ? Optional.of(placed) : Optional.empty();
      }
      merged.add(merged(counterpart, found.get(i), given.get(i)));
    }
    return merged;
  }

  private ObjectNode merged(
      Optional<ObjectNode> counterpart, Optional<ObjectNode> same, ObjectNode given) {
    ObjectNode bare = MapperJson.bare(given);
    ObjectNode filled =
        counterpart.map(stored -> box.merge(MapperJson.bare(stored), bare)).orElse(bare);
    String id =
        given.hasNonNull(MapperJson.ID)
            ? given.get(MapperJson.ID).asText()
            : same.map(stored -> stored.path(MapperJson.ID).asText())
                .orElseGet(() -> UUID.randomUUID().toString());
    return Documents.empty().put(MapperJson.ID, id).setAll(filled);
  }

  private static Map<String, Object> plain(ObjectNode json) {
    return Documents.MAPPER.convertValue(json, new TypeReference<>() {});
  }
}
