package io.millrace.server.http;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rule for names that people give: of connections, sources, destinations, workspaces,
 * operations, API keys and accounts. A tag's is shorter, with an error of its own.
 */
public final class Names {
  /** The most characters of a name. */
  public static final int CHARS_MAX = 256;

  private Names() {}

  /** Returns a name that must be there; what is wrong is remembered in the body. */
  public static String read(Body body, String field) {
    String name = body.text(field);
    if (name.length() > CHARS_MAX) {
      body.wrong(
          field, "a text of at most " + CHARS_MAX + " characters; this has " + name.length());
    }
    return name;
  }

  /** Returns a name, or null where it is absent; what is wrong is remembered in the body. */
  public static @Nullable String readOrNull(Body body, String field) {
    return body.has(field) ? read(body, field) : null;
  }

  /** Returns a name that was made of others, cut where it would be too long. */
  public static String made(String name) {
    return cut(name, CHARS_MAX);
  }

  /**
   * Returns a name that was made of others and that nothing else has: where it is taken, the next
   * is {@code name (2)}.
   *
   * @param taken tells of a name whether something has it; must not be true of all
   */
  public static String free(String name, Predicate<String> taken) {
    String free = made(name);
    for (int i = 2; taken.test(free); i++) {
      String number = " (" + i + ")";
      free = cut(name, CHARS_MAX - number.length()) + number;
    }
    return free;
  }

  private static String cut(String name, int charsMax) {
    if (name.length() <= charsMax) {
      return name;
    }
    int end = charsMax - 1;
    return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
