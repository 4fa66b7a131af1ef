package io.millrace.server.json;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees what aliases make of a YAML document: one that holds itself has no end, and a few that hold
 * each other many times over are more than a memory holds.
 */
public final class Aliases {
  /** So many values may come from aliases, over those that were written. */
  private static final int REPEATED_MAX = 100_000;

  private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int repeated;

  private Aliases() {}

  /**
   * Tells whether a document ends, and within bounds.
   *
   * @param document maps, lists and scalars as a reader of YAML makes them, nested within its bound
   */
  public static boolean bounded(@Nullable Object document) {
    return new Aliases().look(document, false);
  }

  private boolean look(@Nullable Object value, boolean again) {
    if (again && ++repeated > REPEATED_MAX) {
      return false;
    }
    Collection<?> inner =
        switch (value) {
          case Map<?, ?> map -> map.values();
          case Collection<?> list -> list;
          case null, default -> Collections.emptyList();
        };
    if (value == null || inner.isEmpty()) {
      return true;
    }
    if (!open.add(value)) {
      return false;
    }
    boolean repeats = !known.add(value) || again;
    for (Object one : inner) {
      if (!look(one, repeats)) {
        return false;
      }
    }
    open.remove(value);
    return true;
  }
}
