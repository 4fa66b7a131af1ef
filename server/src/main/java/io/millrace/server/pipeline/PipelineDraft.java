package io.millrace.server.pipeline;

import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.connector.Side;
import io.millrace.server.output.Humans;
import io.millrace.server.output.Json;
import io.millrace.spi.StreamDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A pipeline file in the making: both sides as they are, secrets as references, every stream. */
public final class PipelineDraft {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off");

  private final Endpoint source;
  private final Endpoint destination;
  private final StringBuilder streams = new StringBuilder();
  private final List<String> variables = new ArrayList<>();
  private long count;

  /** Begins a file between two sides. */
  public PipelineDraft(Endpoint source, Endpoint destination) {
    this.source = source;
    this.destination = destination;
  }

  /** Adds a stream; of one that has nothing to carry, a comment. */
  public void stream(StreamDescriptor stream) {
    if (!stream.hasFields()) {
      streams.append("  # ").append(name(stream)).append(" has no columns; it is left out.\n");
      return;
    }
    count++;
    streams.append("  - name: ").append(name(stream)).append(comment(stream)).append('\n');
    if (stream.incremental() && !stream.primaryKey().isEmpty()) {
      streams.append("    # sync_mode: incremental_append_dedup\n");
      if (!stream.sourceDefinedCursor() && !stream.cursorFields().isEmpty()) {
        streams
            .append("    # cursor_field: ")
            .append(scalar(stream.cursorFields().getFirst()))
            .append('\n');
      }
    }
  }

  /** Returns how many streams were added. */
  public long streams() {
    return count;
  }

  /** Returns the environment variables that the file refers to. Known after {@link #text}. */
  public List<String> variables() {
    return List.copyOf(variables);
  }

  /** Returns the file's text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("# A pipeline of Millrace. \"millrace plan\" shows what it would do,\n");
    text.append("# \"millrace sync\" does it. Relative paths count from this file's folder.\n\n");
    side(text, Side.SOURCE, source);
    text.append('\n');
    side(text, Side.DESTINATION, destination);
    text.append(
        """

        # What holds for a stream that says nothing else: full_refresh_overwrite, full_refresh_append,
        # full_refresh_overwrite_dedup, incremental_append or incremental_append_dedup.
        defaults:
          sync_mode: full_refresh_overwrite

        # Where streams land: destination (the destination's own schema), source (a schema of the
        # source's name), or any text with ${SOURCE_NAMESPACE}.
        namespace: destination
        prefix: ""

        # New and changed columns of the source: propagate, ignore or pause.
        schema_changes: propagate

        # Streams to sync, first match first; patterns such as public.* are allowed. A stream may also
        # have primary_key, columns and target. Without this list every stream is synced.
        streams:
        """);
    text.append(count == 0 ? "  []\n" + streams : streams);
    return text.toString();
  }

  private void side(StringBuilder text, Side side, Endpoint endpoint) {
    text.append(side.label()).append(":\n");
    text.append("  connector: ").append(endpoint.connector().info().name()).append('\n');
    if (!endpoint.values().isEmpty()) {
      text.append("  config:\n");
      map(text, "    ", side, endpoint.values(), SecretFields.of(endpoint.connector()));
    }
  }

  private void map(
      StringBuilder text,
      String indent,
      Side side,
      Map<String, Object> values,
      SecretFields secrets) {
    values.forEach(
        (key, value) -> {
          Map<String, Object> inner = Section.map(value);
          text.append(indent).append(key).append(':');
          if (secrets.has(key)) {
            text.append(' ').append(reference(side, key)).append('\n');
          } else if (inner != null) {
            text.append('\n');
            map(text, indent + "  ", side, new TreeMap<>(inner), secrets);
          } else {
            text.append(' ').append(scalar(value)).append('\n');
          }
        });
  }

  private String reference(Side side, String key) {
    String variable = (side.label() + "_" + key).toUpperCase(Locale.ROOT);
    if (!variables.contains(variable)) {
      variables.add(variable);
    }
    return "\"${env:" + variable + "}\"";
  }

  /** A name that the short form would split or take for a pattern is written in the exact form. */
  private static String name(StreamDescriptor stream) {
    String namespace = stream.name().namespace();
    String name = stream.name().name();
    boolean exact =
        name.contains("*")
            || (namespace != null && (namespace.contains(".") || namespace.contains("*")));
    if (!exact) {
      return scalar(stream.name().display());
    }
    return namespace == null
        ? "{name: " + Json.line(name) + "}"
        : "{namespace: " + Json.line(namespace) + ", name: " + Json.line(name) + "}";
  }

  private static String comment(StreamDescriptor stream) {
    List<String> parts = new ArrayList<>();
    if (stream.estimatedRows() >= 0) {
      parts.add("about " + Humans.plural(stream.estimatedRows(), "row"));
    }
    if (!stream.primaryKey().isEmpty()) {
      parts.add("key " + String.join(", ", stream.primaryKey()));
    }
    return parts.isEmpty() ? "" : "  # " + String.join("; ", parts).replaceAll("\\p{Cntrl}", " ");
  }

  private static String scalar(Object value) {
    String text = String.valueOf(value);
    boolean plain =
        value instanceof String
            && PLAIN.matcher(text).matches()
            && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : Json.line(value);
  }
}
