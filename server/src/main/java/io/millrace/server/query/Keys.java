package io.millrace.server.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names for the values of a JSON object. */
final class Keys {
  private Keys() {}

  /** Returns the names, one that has been there already with the first free {@code _1, _2, ...}. */
  static List<String> unique(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    if (taken.size() == names.size()) {
      return names;
    }
    Set<String> seen = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      String key = name;
      while (!seen.add(key)) {
        String next = name + "_" + numbers.merge(name, 1, Integer::sum);
        key = taken.add(next) ? next : key;
      }
      keys.add(key);
    }
    return keys;
  }
}
