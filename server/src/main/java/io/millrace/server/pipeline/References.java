package io.millrace.server.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of {@code ${env:NAME}} and {@code ${file:PATH}}, anywhere in a text. A
 * {@code $$} before the brace keeps the text as it is. What stands behind a reference is never
 * shown.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{(env|file):([^}]*)\\}");
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final int DEPTH_MAX = 64;
  private static final int VALUES_MAX = 2_000_000;

  private final Map<String, String> environment;
  private final Path baseDirectory;
  private final Mistakes mistakes;
  private final Guard guard;
  private int values;

  /** Refuses references. */
  @FunctionalInterface
  interface Guard {
    /** Lets every one through. */
    Guard NONE = (kind, name) -> null;

    /** Returns why a reference is refused, as the end of a sentence; null when it is not. */
    @Nullable String refusal(String kind, String name);
  }

  References(Map<String, String> environment, Path baseDirectory, Mistakes mistakes) {
    this(environment, baseDirectory, mistakes, Guard.NONE);
  }

  References(Map<String, String> environment, Path baseDirectory, Mistakes mistakes, Guard guard) {
    this.environment = environment;
    this.baseDirectory = baseDirectory;
    this.mistakes = mistakes;
    this.guard = guard;
  }

  /** Tells whether a text is one reference and nothing else. */
  static boolean isOne(String text) {
    return text.startsWith("${") && REFERENCE.matcher(text).matches();
  }

  /** Tells whether there may be references in a text. */
  static boolean mayHold(String text) {
    return text.contains("${");
  }

  /** Returns a copy of plain values with every reference resolved. */
  @Nullable Object resolve(String path, @Nullable Object value) {
    return resolve(path, value, 0);
  }

  private @Nullable Object resolve(String path, @Nullable Object value, int depth) {
    if (depth > DEPTH_MAX || ++values > VALUES_MAX) {
      throw mistakes.alone(
          "the file is nested too deeply or too large once its aliases are followed.");
    }
    return switch (value) {
      case String text -> text(path, text, UnaryOperator.identity());
      case Map<?, ?> map -> {
        Map<Object, Object> resolved = new LinkedHashMap<>();
        map.forEach(
            (key, one) -> {
              Object inner = resolve(path.isEmpty() ? key + "" : path + "." + key, one, depth + 1);
              if (inner != null) {
                resolved.put(key, inner);
              }
            });
        yield resolved;
      }
      case List<?> list -> {
        List<@Nullable Object> resolved = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          resolved.add(resolve(path + "[" + i + "]", list.get(i), depth + 1));
        }
        yield resolved;
      }
      case null -> null;
      default -> value;
    };
  }

  /** Returns a text with every reference resolved and passed through {@code escape}. */
  String text(String path, String text, UnaryOperator<String> escape) {
    if (!mayHold(text)) {
      return text;
    }
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String replacement =
          matcher.group().startsWith("$$")
              ? matcher.group().substring(1)
              : escape.apply(value(path, matcher.group(1), matcher.group(2)));
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String value(String path, String kind, String name) {
    String refusal = guard.refusal(kind, name);
    if (refusal != null) {
      mistakes.add(path, refusal);
      return "";
    }
    return kind.equals("env") ? variable(path, name) : file(path, name);
  }

  private String variable(String path, String name) {
    String value = environment.get(name);
    if (value == null) {
      mistakes.add(path, "the environment variable " + name + " is not set.");
      return "";
    }
    return value;
  }

  private String file(String path, String name) {
    try (InputStream in = Files.newInputStream(baseDirectory.resolve(name))) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        mistakes.add(path, "the file " + name + " is larger than 1 MB.");
        return "";
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.stripTrailing() : text;
    } catch (IOException | InvalidPathException e) {
      mistakes.add(
          path,
          "the file "
              + baseDirectory.resolve(".").normalize().resolve(name.replace("\0", ""))
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ").");
      return "";
    }
  }
}
