package io.millrace.spi.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a configuration record and refuses one that is not declared as {@link Field} says. */
final class ModelBuilder {
  private ModelBuilder() {}

  static RecordModel build(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalStateException(type.getName() + " is not a record.");
    }
    RecordComponent[] parts = type.getRecordComponents();
    List<Component> components = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (RecordComponent part : parts) {
      Component component = component(part);
      components.add(component);
      if (!keys.add(component.key()) || component.aliases().stream().anyMatch(k -> !keys.add(k))) {
        throw wrong(part, "has a key or alias that another component has", null);
      }
    }
    return new RecordModel(type, components, constructor(type, parts));
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent[] parts) {
    Class<?>[] types =
        Arrays.stream(parts).map(RecordComponent::getType).toArray(length -> new Class<?>[length]);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type.getName() + " has no canonical constructor.", e);
    }
  }

  private static Component component(RecordComponent part) {
    Field field = part.getAnnotation(Field.class);
    if (field == null) {
      throw wrong(part, "has no @Field", null);
    }
    boolean optional = part.getType() == Optional.class;
    Shape shape;
    try {
      shape = ShapeFinder.find(optional ? argument(part) : part.getGenericType(), field);
    } catch (IllegalArgumentException e) {
      throw wrong(part, String.valueOf(e.getMessage()), e);
    }
    @Nullable Object orElse = orElse(part, field, shape);
    if (optional && orElse != null) {
      throw wrong(part, "is Optional and has a default: it can be only one", null);
    }
    for (String example : field.examples()) {
      parse(part, shape, example, "example");
    }
    return new Component(
        key(part, field), List.of(field.aliases()), field, shape, optional, orElse);
  }

  private static @Nullable Object orElse(RecordComponent part, Field field, Shape shape) {
    if (field.orElse().equals(Field.NONE)) {
      return null;
    }
    return parse(part, shape, field.orElse(), "default");
  }

  private static Object parse(RecordComponent part, Shape shape, String text, String what) {
    ValueReader reader = new ValueReader();
    Object value = reader.read(shape, TypedText.of(shape, text), "$");
    if (value == null) {
      String problem = reader.problems().getFirst().line();
      throw wrong(part, "has the " + what + " " + Shown.text(text) + ": " + problem, null);
    }
    return value;
  }

  private static Type argument(RecordComponent part) {
    if (part.getGenericType() instanceof ParameterizedType optional) {
      return optional.getActualTypeArguments()[0];
    }
    throw wrong(part, "is an Optional of nothing", null);
  }

  private static String key(RecordComponent part, Field field) {
    if (!field.key().isEmpty()) {
      return field.key();
    }
    return part.getName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static IllegalStateException wrong(
      RecordComponent part, String what, @Nullable Throwable cause) {
    String component = part.getDeclaringRecord().getName() + "." + part.getName();
    return new IllegalStateException(component + " " + what + ".", cause);
  }
}
