package io.millrace.connectors.files.source.fetch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path with wildcards: {@code *} and {@code ?} stand for text within one part, {@code [a-z]} and
 * {@code [!a-z]} for one character, <code>{csv,tsv}</code> for alternatives, and a part {@code **}
 * for any number of folders. As in a shell, a wildcard at the start of a part does not match a name
 * that begins with a dot.
 */
public final class Glob {
  private static final String ANY_FOLDERS = "**";
  private static final String WILDCARDS = "*?[{";

  private final String text;
  private final List<String> parts;
  private final List<Pattern> patterns;

  /** Takes a path whose parts are separated by {@code /}. */
  public Glob(String text) {
    this.text = text;
    this.parts = List.copyOf(Arrays.asList(text.split("/", -1)));
    this.patterns = parts.stream().map(Glob::compile).toList();
  }

  /** Tells whether a text holds a wildcard. */
  public static boolean hasWildcards(String text) {
    return text.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** Returns the number of leading parts without wildcards; never all of them. */
  int fixedParts() {
    int fixed = 0;
    while (fixed < parts.size() - 1 && !hasWildcards(parts.get(fixed))) {
      fixed++;
    }
    return fixed;
  }

  int size() {
    return parts.size();
  }

  String part(int index) {
    return parts.get(index);
  }

  boolean anyFolders(int index) {
    return parts.get(index).equals(ANY_FOLDERS);
  }

  /** Tells whether a name matches one part. */
  boolean matches(int index, String name) {
    boolean hidden = name.startsWith(".") && !parts.get(index).startsWith(".");
    return !hidden && patterns.get(index).matcher(name).matches();
  }

  /** Tells whether a whole path matches. */
  public boolean matches(String path) {
    return matches(0, Arrays.asList(path.split("/", -1)));
  }

  private boolean matches(int index, List<String> names) {
    if (index == parts.size() || names.isEmpty()) {
      return index == parts.size() && names.isEmpty();
    }
    List<String> rest = names.subList(1, names.size());
    if (!anyFolders(index)) {
      return matches(index, names.getFirst()) && matches(index + 1, rest);
    }
    boolean last = index == parts.size() - 1;
    boolean visible = !names.getFirst().startsWith(".");
    return (visible && (matches(index, rest) || (last && rest.isEmpty())))
        || matches(index + 1, names);
  }

  /** Returns the text before the first wildcard. */
  public String literalPrefix() {
    int end = 0;
    while (end < text.length() && WILDCARDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  /**
   * Returns the last part without wildcards, or an empty text. A name for what matches: {@code
   * data/orders/*.csv} is about orders.
   */
  public String lastFixedPart() {
    List<String> fixed = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty() && !hasWildcards(part)) {
        fixed.add(part);
      }
    }
    return fixed.isEmpty() ? "" : fixed.getLast();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Pattern compile(String part) {
    StringBuilder regex = new StringBuilder();
    boolean inBraces = false;
    for (int at = 0; at < part.length(); at++) {
      char c = part.charAt(at);
      int close = c == '[' ? part.indexOf(']', at + 2) : -1;
      if (close > 0) {
        regex.append(characters(part.substring(at + 1, close)));
        at = close;
      } else if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (c == '{' && !inBraces && part.indexOf('}', at) > 0) {
        inBraces = true;
        regex.append("(?:");
      } else if (c == '}' && inBraces) {
        inBraces = false;
        regex.append(')');
      } else if (c == ',' && inBraces) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** The inside of brackets: ranges and single characters, with {@code !} for all others. */
  private static String characters(String inside) {
    boolean negated = inside.startsWith("!");
    String set = negated ? inside.substring(1) : inside;
    String escaped = set.replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
    return (negated ? "[^" : "[") + escaped + "]";
  }
}
