package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Something of the old server with a name that nothing else of its kind has; there, several may
 * have one, and here a second import knows by it what the first one made.
 */
record Named(String name, JsonNode json) {
  /**
   * Gives each a name of its own: the oldest keeps it, the next is {@code name (2)}.
   *
   * @param idKey the member with the id
   */
  static List<Named> of(List<JsonNode> list, String idKey) {
    List<JsonNode> oldestFirst = new ArrayList<>(list);
    oldestFirst.sort(
        Comparator.comparingLong(Named::age).thenComparing(one -> one.path(idKey).asText()));
    Set<String> given = new HashSet<>();
    list.forEach(one -> given.add(one.path("name").asText()));
    Set<String> taken = new HashSet<>();
    List<Named> named = new ArrayList<>();
    for (JsonNode one : oldestFirst) {
      String name = one.path("name").asText();
      String free =
          Names.free(
              name, made -> taken.contains(made) || (!made.equals(name) && given.contains(made)));
      taken.add(free);
      named.add(new Named(free, one));
    }
    named.sort(Comparator.comparing(Named::name));
    return named;
  }

  /** Sources say createdAt, connections created_at. */
  private static long age(JsonNode one) {
    return one.path("createdAt").asLong(one.path("created_at").asLong());
  }
}
