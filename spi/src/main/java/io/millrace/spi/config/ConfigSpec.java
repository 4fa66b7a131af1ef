package io.millrace.spi.config;

import io.millrace.spi.ConnectorDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration record as a JSON schema in Airbyte's dialect: draft-07 with {@code order}, {@code
 * airbyte_secret}, {@code multiline}, {@code group}, and {@code oneOf} with a {@code const}
 * discriminator for choices.
 */
public final class ConfigSpec {
  private final String title;
  private final RecordModel model;

  private ConfigSpec(String title, RecordModel model) {
    this.title = title;
    this.model = model;
  }

  /**
   * Returns the spec of a record, titled by the words of its class name.
   *
   * @throws IllegalStateException when the record is not declared as {@link Field} says; the
   *     message names record and component
   */
  public static ConfigSpec of(Class<? extends Record> type) {
    String words = type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return new ConfigSpec(words, RecordModel.of(type));
  }

  /** Returns the spec of a connector's configuration, titled by the connector. */
  public static ConfigSpec of(ConnectorDefinition<?> connector) {
    return new ConfigSpec(connector.info().title(), RecordModel.of(connector.configType()));
  }

  /** Returns the schema as plain, ordered, unmodifiable maps and lists. */
  public Map<String, Object> jsonSchema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", title);
    SchemaWriter.object(schema, model);
    if (model.components().stream().anyMatch(component -> component.field().advanced())) {
      schema.put("groups", List.of(Map.of("id", SchemaWriter.ADVANCED)));
    }
    return Collections.unmodifiableMap(schema);
  }
}
