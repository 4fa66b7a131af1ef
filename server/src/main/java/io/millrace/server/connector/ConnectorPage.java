package io.millrace.server.connector;

import io.millrace.server.output.TextWrap;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.config.ConfigSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One connector's options as text for a terminal, made from its JSON schema. */
public final class ConnectorPage {
  private static final int COLUMNS_MAX = 100;

  private final ConnectorDefinition<?> connector;
  private final List<Entry> options = new ArrayList<>();

  /** An option, its type and default in one line, and what it means. */
  private record Entry(String head, String meaning) {}

  private ConnectorPage(ConnectorDefinition<?> connector) {
    this.connector = connector;
  }

  /** Returns the page of a connector. */
  public static ConnectorPage of(ConnectorDefinition<?> connector) {
    ConnectorPage page = new ConnectorPage(connector);
    page.object("", ConfigSpec.of(connector).jsonSchema());
    return page;
  }

  /** Returns the lines of the page. */
  public List<String> lines(int columnsMax) {
    List<String> lines = new ArrayList<>();
    lines.add(connector.info().name() + " - " + connector.info().title());
    lines.add(connector.info().summary());
    lines.add("");
    lines.add("In one line:  " + connector.uriForm().example());
    lines.add("");
    for (Entry entry : options) {
      lines.add("  " + entry.head());
      lines.addAll(TextWrap.lines(entry.meaning(), "      ", Math.min(columnsMax, COLUMNS_MAX)));
    }
    return lines;
  }

  private void object(String prefix, Map<?, ?> schema) {
    List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (key, value) -> {
            if (value instanceof Map<?, ?> property) {
              property(prefix + key, property, required.contains(key));
            }
          });
    }
  }

  private void property(String key, Map<?, ?> property, boolean required) {
    if (property.get("const") != null) {
      return;
    }
    String fallback = fallback(property, required);
    String head = key + "  " + type(property) + (fallback.isEmpty() ? "" : ", " + fallback);
    options.add(new Entry(head, meaning(property)));
    if (property.get("oneOf") instanceof List<?> alternatives) {
      for (Object one : alternatives) {
        if (one instanceof Map<?, ?> alternative) {
          alternative(key, alternative);
        }
      }
    } else {
      object(key + ".", property);
    }
  }

  private void alternative(String key, Map<?, ?> alternative) {
    if (!(alternative.get("properties") instanceof Map<?, ?> properties)) {
      return;
    }
    properties.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> property && property.get("const") != null) {
            String head = key + "." + name + " = " + property.get("const");
            options.add(new Entry(head, meaning(alternative)));
          }
        });
    object("  " + key + ".", alternative);
  }

  private static String type(Map<?, ?> property) {
    if (property.get("enum") instanceof List<?> values) {
      return values.stream().map(String::valueOf).collect(Collectors.joining(" | "));
    }
    if (property.get("oneOf") != null) {
      return "one of";
    }
    if (property.get("items") instanceof Map<?, ?> items) {
      return "list of " + type(items);
    }
    String type = word(property.get("type"));
    return Boolean.TRUE.equals(property.get("airbyte_secret")) ? type + ", secret" : type;
  }

  private static String word(@Nullable Object type) {
    return switch (String.valueOf(type)) {
      case "string" -> "text";
      case "integer" -> "whole number";
      case "boolean" -> "true | false";
      default -> String.valueOf(type);
    };
  }

  private static String fallback(Map<?, ?> property, boolean required) {
    if (required && property.get("default") == null) {
      return "required";
    }
    Object value = property.get("default");
    return switch (value) {
      case null -> "";
      case Map<?, ?> choice ->
          choice.values().stream().findFirst().map(first -> "default " + first).orElse("");
      default -> "default " + value;
    };
  }

  private static String meaning(Map<?, ?> property) {
    String title = property.get("title") instanceof String text ? text : "";
    return property.get("description") instanceof String help ? help : title;
  }
}
