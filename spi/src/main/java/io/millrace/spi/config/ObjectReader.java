package io.millrace.spi.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns one object of plain values into a record. */
final class ObjectReader {
  private final ValueReader values;
  private final RecordModel model;
  private final String path;

  ObjectReader(ValueReader values, RecordModel model, String path) {
    this.values = values;
    this.model = model;
    this.path = path;
  }

  /**
   * Returns the record, or null when something is wrong, which is noted then.
   *
   * @param discriminator a key that is no component's, or null
   */
  @Nullable Object read(Map<?, ?> map, @Nullable String discriminator) {
    int problemsBefore = values.problems().size();
    noteUnknownKeys(map, discriminator);
    @Nullable Object[] parts = new @Nullable Object[model.components().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = component(model.components().get(i), map);
    }
    if (values.problems().size() > problemsBefore) {
      return null;
    }
    try {
      return model.make(parts);
    } catch (IllegalArgumentException e) {
      values.add(path, null, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Object component(Component component, Map<?, ?> map) {
    String key = keyInUse(component, map);
    Object value = map.get(key);
    if (value == null) {
      @Nullable Object absent = ValueReader.whenAbsent(component);
      if (absent == null) {
        values.add(Shown.path(path, key), null, "is required: " + wanted(component));
      }
      return absent;
    }
    @Nullable Object read = values.read(component.shape(), value, Shown.path(path, key));
    return read != null && component.optional() ? Optional.of(read) : read;
  }

  private static String wanted(Component component) {
    String[] examples = component.field().examples();
    String example = examples.length == 0 ? "" : ", such as " + examples[0];
    return component.shape().expected() + " (" + component.field().title() + example + ")";
  }

  private String keyInUse(Component component, Map<?, ?> map) {
    String used = component.key();
    for (String alias : component.aliases()) {
      if (map.get(alias) == null) {
        continue;
      }
      if (map.get(used) != null) {
        values.add(Shown.path(path, alias), null, "says the same as \"" + used + "\": keep one");
      } else {
        used = alias;
      }
    }
    return used;
  }

  private void noteUnknownKeys(Map<?, ?> map, @Nullable String discriminator) {
    List<String> known = new ArrayList<>();
    Set<String> accepted = new HashSet<>();
    for (Component component : model.components()) {
      known.add(component.key());
      accepted.addAll(component.aliases());
    }
    accepted.addAll(known);
    if (discriminator != null) {
      accepted.add(discriminator);
    }
    for (Object key : map.keySet()) {
      String name = String.valueOf(key);
      if (!accepted.contains(name)) {
        String hint = Suggestion.of(name, known);
        values.add(Shown.path(path, name), null, "is not a known key" + hint);
      }
    }
  }
}
