package io.millrace.spi.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns plain values into what a {@link Shape} holds, and collects every problem on the way. */
final class ValueReader {
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Predicate<String> textParses;

  /** Makes one for one configuration, where a text may stand in for what is no text. */
  ValueReader() {
    this(path -> true);
  }

  /**
   * Makes one for one configuration.
   *
   * @param textParses tells of a path whether text may stand in for what is no text there
   */
  ValueReader(Predicate<String> textParses) {
    this.textParses = textParses;
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  /** Returns the value, or null when it has a problem, which is noted then. */
  @Nullable Object read(Shape shape, Object value, String path) {
    int problemsBefore = problems.size();
    @Nullable Object read =
        switch (shape) {
          case Shape.Text text -> Scalars.text(text, value);
          case Shape.Whole whole -> Scalars.whole(whole, value);
          case Shape.Real real -> Scalars.real(real, value);
          case Shape.Flag ignored -> Scalars.flag(value);
          case Shape.Json ignored -> Scalars.json(value);
          case Shape.Constants constants -> Scalars.constant(constants, value);
          case Shape.Section(RecordModel model) when value instanceof Map<?, ?> map ->
              new ObjectReader(this, model, path).read(map, null);
          case Shape.Section ignored -> null;
          case Shape.Alternatives alternatives -> alternative(alternatives, value, path);
          case Shape.Items items -> items(items, value, path);
          case Shape.TextMap ignored -> textMap(value, path);
        };
    if (read == null && problems.size() == problemsBefore) {
      refuse(shape, value, path);
    }
    String hint = value instanceof String ? standsInFor(shape) : null;
    if (read != null && hint != null && !textParses.test(path)) {
      add(path, shape.secret() ? Secret.MASK : Shown.value(value), shape.expected() + hint);
      return null;
    }
    return read;
  }

  /** Returns what to do about a text in the place of a shape that is no text; null for others. */
  private static @Nullable String standsInFor(Shape shape) {
    return switch (shape) {
      case Shape.Whole ignored -> " (without quotes)";
      case Shape.Real ignored -> " (without quotes)";
      case Shape.Flag ignored -> " (without quotes)";
      case Shape.Items ignored -> "";
      case Shape.Alternatives ignored -> "";
      case Shape.Text ignored -> null;
      case Shape.Json ignored -> null;
      case Shape.Constants ignored -> null;
      case Shape.Section ignored -> null;
      case Shape.TextMap ignored -> null;
    };
  }

  void add(String path, @Nullable String value, String expected) {
    problems.add(new ConfigProblem(path, value, expected));
  }

  private void refuse(Shape shape, Object value, String path) {
    String hint = "";
    if (shape instanceof Shape.Text && (value instanceof Number || value instanceof Boolean)) {
      hint = " (in quotes)";
    }
    if (shape instanceof Shape.Constants constants && value instanceof String text) {
      hint = Suggestion.of(text, constants.values());
    }
    if (shape instanceof Shape.Alternatives alternatives && value instanceof String text) {
      hint = Suggestion.of(text, alternatives.values());
    }
    String shown = shape.secret() ? Secret.MASK : Shown.value(value);
    add(path, shown, shape.expected() + hint);
  }

  private @Nullable Object alternative(Shape.Alternatives shape, Object value, String path) {
    String key = shape.discriminator();
    if (value instanceof String text) {
      Shape.@Nullable Alternative chosen = find(shape, text);
      if (chosen == null) {
        return null;
      }
      return new ObjectReader(this, chosen.model(), path).read(Map.of(key, text), key);
    }
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    Object selected = map.get(key);
    if (selected == null) {
      add(Shown.path(path, key), null, "is required: " + discriminatorValues(shape));
      return null;
    }
    Shape.@Nullable Alternative chosen = find(shape, selected);
    if (chosen == null) {
      String hint = Suggestion.of(selected.toString(), shape.values());
      add(Shown.path(path, key), Shown.value(selected), discriminatorValues(shape) + hint);
      return null;
    }
    return new ObjectReader(this, chosen.model(), path).read(map, key);
  }

  private static Shape.@Nullable Alternative find(Shape.Alternatives shape, Object value) {
    for (Shape.Alternative alternative : shape.all()) {
      if (alternative.choice().value().equals(value)) {
        return alternative;
      }
    }
    return null;
  }

  private static String discriminatorValues(Shape.Alternatives shape) {
    return "one of " + String.join(", ", shape.values().stream().map(Shown::text).toList());
  }

  private @Nullable Object items(Shape.Items shape, Object value, String path) {
    Object given = value instanceof String text ? TypedText.split(text) : value;
    if (!(given instanceof List<?> list)
        || list.size() < shape.min()
        || list.size() > shape.max()) {
      return null;
    }
    List<Object> read = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String itemPath = path + "[" + i + "]";
      Object item = list.get(i);
      if (item == null) {
        add(itemPath, "null", shape.element().expected());
        continue;
      }
      Object one = read(shape.element(), item, itemPath);
      if (one != null) {
        read.add(one);
      }
    }
    return read.size() == list.size() ? List.copyOf(read) : null;
  }

  private @Nullable Object textMap(Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    Map<String, String> read = new LinkedHashMap<>();
    map.forEach(
        (key, item) -> {
          if (key instanceof String name && item instanceof String text) {
            read.put(name, text);
          } else {
            add(Shown.path(path, key), item == null ? "null" : Shown.value(item), "text");
          }
        });
    return read.size() == map.size() ? Collections.unmodifiableMap(read) : null;
  }

  /** Returns what the component gets when its key is absent; null when it must not be. */
  static @Nullable Object whenAbsent(Component component) {
    return component.optional() ? Optional.empty() : component.orElse();
  }
}
