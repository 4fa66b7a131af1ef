package io.millrace.spi.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component of a configuration record.
 *
 * @param key the key users write
 * @param aliases older keys
 * @param optional the component is an {@code Optional}
 * @param orElse the default as a value; null without one
 */
record Component(
    String key,
    List<String> aliases,
    Field field,
    Shape shape,
    boolean optional,
    @Nullable Object orElse) {
  boolean required() {
    return !optional && orElse == null;
  }

  /** Returns the default as the user would type it; only for components that have one. */
  String orElseText() {
    return field.orElse();
  }
}
