package io.millrace.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigSpecTest {
  private final Map<String, Object> schema = ConfigSpec.of(SampleConfig.class).jsonSchema();

  @Test
  void describesTheObject() {
    assertThat(schema)
        .containsEntry("$schema", "http://json-schema.org/draft-07/schema#")
        .containsEntry("title", "Sample Config")
        .containsEntry("type", "object")
        .containsEntry("required", List.of("host"))
        .containsEntry("additionalProperties", true)
        .containsEntry("groups", List.of(Map.of("id", "advanced")));
    assertThat(object(schema, "properties").keySet())
        .containsExactly(
            "host",
            "port",
            "row_limit",
            "share",
            "schemas",
            "password",
            "ssl_mode",
            "colour",
            "verbose",
            "labels",
            "credentials");
  }

  @Test
  void describesSingleValues() {
    assertThat(property("host"))
        .isEqualTo(
            Map.of(
                "title",
                "Host",
                "description",
                "Where the server is.",
                "type",
                "string",
                "order",
                0,
                "examples",
                List.of("db.example.com")));
    assertThat(property("port"))
        .containsEntry("type", "integer")
        .containsEntry("minimum", 1L)
        .containsEntry("maximum", 65535L)
        .containsEntry("default", 5432L)
        .containsEntry("examples", List.of(5433L));
    assertThat(property("row_limit"))
        .doesNotContainKeys("minimum", "maximum")
        .containsEntry("default", -1L);
    assertThat(property("share")).containsEntry("type", "number").containsEntry("default", 0.5);
    assertThat(property("password"))
        .containsEntry("airbyte_secret", true)
        .containsEntry("pattern", "^(?:.{3,})$");
    assertThat(property("colour"))
        .containsEntry("enum", List.of("light-red", "blue"))
        .containsEntry("default", "light-red");
    assertThat(property("verbose"))
        .containsEntry("type", "boolean")
        .containsEntry("default", false)
        .containsEntry("group", "advanced");
  }

  @Test
  void describesListsMapsAndObjects() {
    assertThat(property("schemas"))
        .containsEntry("type", "array")
        .containsEntry("items", Map.of("type", "string", "pattern", "^(?:[a-z_]+)$"))
        .containsEntry("minItems", 1L)
        .containsEntry("default", List.of("public"));
    assertThat(property("labels"))
        .containsEntry("additionalProperties", Map.of("type", "string"))
        .containsEntry("default", Map.of());
    assertThat(property("credentials")).containsEntry("required", List.of("user", "token"));
  }

  @Test
  void describesChoicesByAConstant() {
    Map<String, Object> tls = property("ssl_mode");
    assertThat(tls)
        .containsEntry("type", "object")
        .containsEntry("default", Map.of("mode", "prefer"));
    List<?> alternatives = (List<?>) Objects.requireNonNull(tls.get("oneOf"));
    assertThat(alternatives).hasSize(2);
    Map<String, Object> verify = asObject(alternatives.get(1));
    assertThat(verify)
        .containsEntry("title", "Verify")
        .containsEntry("required", List.of("mode", "ca_certificate"));
    Map<String, Object> properties = object(verify, "properties");
    assertThat(properties.keySet()).containsExactly("mode", "ca_certificate", "client_key");
    assertThat(properties)
        .containsEntry(
            "mode",
            Map.of("type", "string", "const", "verify-ca", "default", "verify-ca", "order", 0));
    assertThat(object(properties, "ca_certificate"))
        .containsEntry("multiline", true)
        .containsEntry("order", 1);
  }

  @Test
  void refusesRecordsThatAreDeclaredWrongly() {
    refuses(Unannotated.class, "Unannotated.port has no @Field");
    refuses(Unsupported.class, "Unsupported.port has a type that is not supported: short");
    refuses(BadDefault.class, "BadDefault.port has the default \"x\": $: expected a whole number");
    refuses(BadExample.class, "BadExample.port has the example \"0\": $: expected a whole number");
    refuses(OptionalDefault.class, "OptionalDefault.port is Optional and has a default");
    refuses(Twice.class, "Twice.other has a key or alias that another component has");
    refuses(NoChoice.class, "NoChoice.kind is of");
  }

  record Unannotated(int port) {}

  record Unsupported(@Field(title = "Port") short port) {}

  record BadDefault(@Field(title = "Port", orElse = "x") int port) {}

  record BadExample(@Field(title = "Port", min = 1, examples = "0") int port) {}

  record OptionalDefault(@Field(title = "Port", orElse = "1") Optional<Integer> port) {}

  record Twice(
      @Field(title = "Port") int port, @Field(title = "Other", aliases = "port") int other) {}

  record NoChoice(@Field(title = "Kind") Kind kind) {}

  enum Kind {
    PLAIN
  }

  private static void refuses(Class<? extends Record> type, String message) {
    assertThatThrownBy(() -> ConfigSpec.of(type))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private Map<String, Object> property(String key) {
    return object(object(schema, "properties"), key);
  }

  private static Map<String, Object> object(Map<String, Object> parent, String key) {
    return asObject(Objects.requireNonNull(parent.get(key)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asObject(Object value) {
    return (Map<String, Object>) value;
  }
}
