package io.millrace.engine.mapper;

import java.util.List;

/** What a row must be like to be kept. */
public sealed interface Condition {
  /**
   * The field's text form is this text. A field that is null never is.
   *
   * @param fieldName the field
   * @param comparisonValue the text
   */
  record Equal(String fieldName, String comparisonValue) implements Condition {}

  /**
   * None of the conditions holds.
   *
   * @param conditions at least one
   */
  record Not(List<Condition> conditions) implements Condition {
    public Not {
      conditions = List.copyOf(conditions);
    }
  }

  /** Returns the names of every field it looks at. */
  default List<String> fields() {
    return switch (this) {
      case Equal(String fieldName, String ignored) -> List.of(fieldName);
      case Not(List<Condition> conditions) ->
          conditions.stream().flatMap(one -> one.fields().stream()).distinct().toList();
    };
  }
}
