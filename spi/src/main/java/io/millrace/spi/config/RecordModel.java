package io.millrace.spi.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration record, looked at once: its components and how one is made. */
final class RecordModel {
  private static final ClassValue<RecordModel> MODELS =
      new ClassValue<>() {
        @Override
        protected RecordModel computeValue(Class<?> type) {
          return ModelBuilder.build(type);
        }
      };

  private final Class<?> type;
  private final List<Component> components;
  private final Constructor<?> constructor;

  RecordModel(Class<?> type, List<Component> components, Constructor<?> constructor) {
    this.type = type;
    this.components = List.copyOf(components);
    this.constructor = constructor;
  }

  /**
   * Returns the model of a record.
   *
   * @throws IllegalStateException when a component is not declared as {@link Field} says
   */
  static RecordModel of(Class<?> type) {
    return MODELS.get(type);
  }

  Class<?> type() {
    return type;
  }

  List<Component> components() {
    return components;
  }

  /** Tells whether the record can be made of an empty object. */
  boolean needsNothing() {
    return components.stream().noneMatch(Component::required);
  }

  /**
   * Makes the record.
   *
   * @throws IllegalArgumentException when the record's own constructor refuses the values
   */
  Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(type.getName() + " could not be made.", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " could not be made.", e);
    }
  }
}
