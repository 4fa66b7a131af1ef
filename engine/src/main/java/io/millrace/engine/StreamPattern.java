package io.millrace.engine;

import io.millrace.spi.StreamName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects streams by name: {@code public.orders}, {@code public.*}, {@code orders}, or exactly.
 *
 * <p>Text is split at the first dot into namespace and name; {@code *} stands for any characters.
 * Without a dot it selects by name in every namespace. The exact form takes both parts as they are.
 */
public final class StreamPattern {
  private final String text;
  private final boolean exact;
  private final @Nullable Pattern namespace;
  private final Pattern name;
  private final Pattern whole;
  private final @Nullable StreamName stream;

  private StreamPattern(
      String text,
      boolean exact,
      @Nullable Pattern namespace,
      Pattern name,
      Pattern whole,
      @Nullable StreamName stream) {
    this.stream = stream;
    this.text = text;
    this.exact = exact;
    this.namespace = namespace;
    this.name = name;
    this.whole = whole;
  }

  /** Reads {@code namespace.name} or {@code name}, each with {@code *} for any characters. */
  public static StreamPattern parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      return new StreamPattern(text, !text.contains("*"), null, glob(text), glob(text), null);
    }
    return new StreamPattern(
        text,
        !text.contains("*"),
        glob(text.substring(0, dot)),
        glob(text.substring(dot + 1)),
        glob(text),
        null);
  }

  /** Selects exactly one stream; dots and stars mean themselves. */
  public static StreamPattern exactly(StreamName stream) {
    Pattern name = Pattern.compile(Pattern.quote(stream.name()), Pattern.DOTALL);
    @Nullable Pattern namespace =
        stream.namespace() == null
            ? null
            : Pattern.compile(Pattern.quote(stream.namespace()), Pattern.DOTALL);
    return new StreamPattern(stream.display(), true, namespace, name, name, stream);
  }

  /** Tells whether the stream is selected. */
  public boolean matches(StreamName stream) {
    if (stream.namespace() == null) {
      return whole.matcher(stream.name()).matches();
    }
    return name.matcher(stream.name()).matches()
        && (namespace == null || namespace.matcher(stream.namespace()).matches());
  }

  /** Tells whether it names one stream, so that its absence is a mistake. */
  public boolean exact() {
    return exact;
  }

  /** Returns the stream of a pattern made by {@link #exactly}; null of any other. */
  public @Nullable StreamName stream() {
    return stream;
  }

  /** Returns the pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }

  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (String literal : text.split("\\*", -1)) {
      if (!regex.isEmpty()) {
        regex.append(".*");
      }
      regex.append("\\Q").append(literal.replace("\\E", "\\E\\\\E\\Q")).append("\\E");
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
