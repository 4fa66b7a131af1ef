package io.millrace.spi.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes shapes as JSON schema. */
final class SchemaWriter {
  /** The group of advanced fields. */
  static final String ADVANCED = "advanced";

  private SchemaWriter() {}

  /** Adds what describes an object with the model's components. */
  static void object(Map<String, Object> schema, RecordModel model) {
    schema.put("type", "object");
    members(schema, model, new LinkedHashMap<>(), new ArrayList<>());
  }

  private static void members(
      Map<String, Object> schema,
      RecordModel model,
      Map<String, Object> properties,
      List<String> required) {
    for (Component component : model.components()) {
      properties.put(component.key(), component(component, properties.size()));
      if (component.required()) {
        required.add(component.key());
      }
    }
    schema.put("required", List.copyOf(required));
    schema.put("properties", Collections.unmodifiableMap(properties));
    schema.put("additionalProperties", true);
  }

  private static Map<String, Object> component(Component component, int order) {
    Field field = component.field();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", field.title());
    if (!field.help().isEmpty()) {
      schema.put("description", field.help());
    }
    shape(schema, component.shape());
    schema.put("order", order);
    if (component.orElse() != null) {
      schema.put("default", PlainValues.of(component.shape(), component.orElseText()));
    }
    if (field.examples().length > 0) {
      schema.put(
          "examples",
          Arrays.stream(field.examples())
              .map(example -> PlainValues.of(component.shape(), example))
              .toList());
    }
    if (field.multiline()) {
      schema.put("multiline", true);
    }
    if (field.advanced()) {
      schema.put("group", ADVANCED);
    }
    return Collections.unmodifiableMap(schema);
  }

  private static void shape(Map<String, Object> schema, Shape shape) {
    switch (shape) {
      case Shape.Text text -> text(schema, text);
      case Shape.Whole(boolean narrow, long min, long max) -> {
        schema.put("type", "integer");
        bounds(
            schema,
            "minimum",
            narrow && min == Integer.MIN_VALUE ? Long.MIN_VALUE : min,
            "maximum",
            narrow && max == Integer.MAX_VALUE ? Long.MAX_VALUE : max);
      }
      case Shape.Real(long min, long max) -> {
        schema.put("type", "number");
        bounds(schema, "minimum", min, "maximum", max);
      }
      case Shape.Flag() -> schema.put("type", "boolean");
      case Shape.Json() -> schema.put("type", "string");
      case Shape.Constants constants -> {
        schema.put("type", "string");
        schema.put("enum", constants.values());
      }
      case Shape.Section(RecordModel model) -> object(schema, model);
      case Shape.Alternatives alternatives -> {
        schema.put("type", "object");
        schema.put(
            "oneOf",
            alternatives.all().stream()
                .map(one -> alternative(alternatives.discriminator(), one))
                .toList());
      }
      case Shape.Items(Shape element, long min, long max) -> {
        schema.put("type", "array");
        Map<String, Object> items = new LinkedHashMap<>();
        shape(items, element);
        schema.put("items", Collections.unmodifiableMap(items));
        bounds(schema, "minItems", min, "maxItems", max);
      }
      case Shape.TextMap() -> {
        schema.put("type", "object");
        schema.put("additionalProperties", Map.of("type", "string"));
      }
    }
  }

  private static void text(Map<String, Object> schema, Shape.Text shape) {
    schema.put("type", "string");
    if (shape.pattern() != null) {
      String pattern = shape.pattern().pattern();
      boolean anchored = pattern.startsWith("^") && pattern.endsWith("$");
      schema.put("pattern", anchored ? pattern : "^(?:" + pattern + ")$");
    }
    if (shape.secret()) {
      schema.put("airbyte_secret", true);
    }
  }

  private static void bounds(
      Map<String, Object> schema, String minKey, long min, String maxKey, long max) {
    if (min != Long.MIN_VALUE) {
      schema.put(minKey, min);
    }
    if (max != Long.MAX_VALUE) {
      schema.put(maxKey, max);
    }
  }

  private static Map<String, Object> alternative(String key, Shape.Alternative alternative) {
    Choice choice = alternative.choice();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("title", choice.title());
    if (!choice.help().isEmpty()) {
      schema.put("description", choice.help());
    }
    schema.put("type", "object");
    Map<String, Object> discriminator = new LinkedHashMap<>();
    discriminator.put("type", "string");
    discriminator.put("const", choice.value());
    discriminator.put("default", choice.value());
    discriminator.put("order", 0);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(key, Collections.unmodifiableMap(discriminator));
    members(schema, alternative.model(), properties, new ArrayList<>(List.of(key)));
    return Collections.unmodifiableMap(schema);
  }
}
