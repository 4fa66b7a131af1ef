package io.millrace.spi.config;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Shape} of a Java type; a type that has none is an IllegalArgumentException. */
final class ShapeFinder {
  private ShapeFinder() {}

  static Shape find(Type type, Field field) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, field);
    }
    if (!(type instanceof Class<?> plain)) {
      throw unsupported(type);
    }
    if (plain == String.class || plain == Secret.class) {
      return new Shape.Text(plain == Secret.class, pattern(field));
    }
    if (plain == JsonText.class) {
      return new Shape.Json();
    }
    if (plain == int.class || plain == Integer.class) {
      long least = Math.max(field.min(), Integer.MIN_VALUE);
      long most = Math.min(field.max(), Integer.MAX_VALUE);
      return new Shape.Whole(true, least, most);
    }
    if (plain == long.class || plain == Long.class) {
      return new Shape.Whole(false, field.min(), field.max());
    }
    if (plain == double.class || plain == Double.class) {
      return new Shape.Real(field.min(), field.max());
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new Shape.Flag();
    }
    return ofDeclared(plain);
  }

  private static Shape ofDeclared(Class<?> type) {
    if (type.isEnum()) {
      return constants(type);
    }
    if (type.isRecord()) {
      return new Shape.Section(RecordModel.of(type));
    }
    if (type.isSealed()) {
      return alternatives(type);
    }
    throw unsupported(type);
  }

  private static Shape ofGeneric(ParameterizedType type, Field field) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      Shape element = find(arguments[0], field);
      return new Shape.Items(unbounded(element), field.min(), field.max());
    }
    if (type.getRawType() == Map.class
        && arguments[0] == String.class
        && arguments[1] == String.class) {
      return new Shape.TextMap();
    }
    throw unsupported(type);
  }

  /** The bounds of a list are those of its length, not of its elements. */
  private static Shape unbounded(Shape element) {
    return switch (element) {
      case Shape.Whole(boolean narrow, long ignored, long alsoIgnored) ->
          narrow
              ? new Shape.Whole(true, Integer.MIN_VALUE, Integer.MAX_VALUE)
              : new Shape.Whole(false, Long.MIN_VALUE, Long.MAX_VALUE);
      case Shape.Real ignored -> new Shape.Real(Long.MIN_VALUE, Long.MAX_VALUE);
      case Shape.Items ignored -> throw new IllegalArgumentException("is a list of lists");
      default -> element;
    };
  }

  private static Shape constants(Class<?> type) {
    List<Shape.Constant> all = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      try {
        all.add(new Shape.Constant(choice(type.getField(name), type, name), constant));
      } catch (NoSuchFieldException e) {
        throw new IllegalArgumentException("is an enum without its constant " + name, e);
      }
    }
    return new Shape.Constants(List.copyOf(all));
  }

  private static Shape alternatives(Class<?> type) {
    Discriminator discriminator = type.getAnnotation(Discriminator.class);
    if (discriminator == null) {
      throw new IllegalArgumentException("is of " + type.getName() + ", without @Discriminator");
    }
    List<Shape.Alternative> all = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      RecordModel model = RecordModel.of(permitted);
      if (model.components().stream().anyMatch(c -> c.key().equals(discriminator.value()))) {
        throw new IllegalArgumentException(
            "is of " + permitted.getName() + ", which has the discriminator as a key of its own");
      }
      all.add(new Shape.Alternative(choice(permitted, type, permitted.getName()), model));
    }
    return new Shape.Alternatives(discriminator.value(), List.copyOf(all));
  }

  private static Choice choice(AnnotatedElement element, Class<?> type, String name) {
    Choice choice = element.getAnnotation(Choice.class);
    if (choice == null) {
      throw new IllegalArgumentException("is of " + type.getName() + ": no @Choice on " + name);
    }
    return choice;
  }

  private static @Nullable Pattern pattern(Field field) {
    if (field.pattern().isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(field.pattern());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("has a pattern that is none: " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException unsupported(Type type) {
    return new IllegalArgumentException("has a type that is not supported: " + type.getTypeName());
  }
}
