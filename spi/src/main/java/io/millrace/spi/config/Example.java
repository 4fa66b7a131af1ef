package io.millrace.spi.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A configuration as an example: what is required, what has examples of its own, and secrets, which
 * are references to environment variables.
 */
final class Example {
  private Example() {}

  static Map<String, Object> of(RecordModel model) {
    return fill(new LinkedHashMap<>(), model);
  }

  private static Map<String, Object> fill(Map<String, Object> values, RecordModel model) {
    for (Component component : model.components()) {
      if (component.required() || worthShowing(component)) {
        values.put(component.key(), value(component));
      }
    }
    return values;
  }

  private static boolean worthShowing(Component component) {
    boolean secret = component.shape() instanceof Shape.Text text && text.secret();
    Field field = component.field();
    return !field.advanced() && (secret || field.examples().length > 0);
  }

  private static Object value(Component component) {
    String[] examples = component.field().examples();
    Shape shape = component.shape();
    if (shape.secret() && shape instanceof Shape.Text) {
      return "${env:" + component.key().toUpperCase(Locale.ROOT) + "}";
    }
    if (examples.length > 0) {
      return PlainValues.of(shape, examples[0]);
    }
    return invented(shape, component.field().title());
  }

  private static Object invented(Shape shape, String title) {
    return switch (shape) {
      case Shape.Text ignored -> title;
      case Shape.Whole(boolean ignored, long min, long max) -> Math.clamp(1L, min, max);
      case Shape.Real(long min, long max) -> (double) Math.clamp(1L, min, max);
      case Shape.Flag() -> true;
      case Shape.Constants constants -> constants.values().getFirst();
      case Shape.Section(RecordModel model) -> of(model);
      case Shape.Alternatives alternatives -> {
        Shape.Alternative first = alternatives.all().getFirst();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(alternatives.discriminator(), first.choice().value());
        yield fill(values, first.model());
      }
      case Shape.Items(Shape element, long ignored, long alsoIgnored) ->
          List.of(invented(element, title));
      case Shape.TextMap(), Shape.Json() -> Map.of();
    };
  }

  /** Adds the values as YAML, one line each. */
  static void yaml(StringBuilder out, Map<?, ?> values, int indent) {
    values.forEach(
        (key, value) -> {
          out.repeat(' ', indent).append(key).append(':');
          if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            yaml(out, map, indent + 2);
          } else {
            out.append(' ').append(flow(value)).append('\n');
          }
        });
  }

  private static String flow(Object value) {
    return switch (value) {
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case List<?> list -> "[" + String.join(", ", list.stream().map(Example::flow).toList()) + "]";
      case Map<?, ?> map ->
          "{"
              + String.join(
                  ", ",
                  map.entrySet().stream().map(e -> e.getKey() + ": " + flow(e.getValue())).toList())
              + "}";
      default -> value.toString();
    };
  }
}
