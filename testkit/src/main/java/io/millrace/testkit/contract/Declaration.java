package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.ConnectorPlugin;
import io.millrace.spi.UriForm;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.config.ConfigSpec;
import io.millrace.spi.config.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Checks what a connector declares about itself: names, configuration, URI. */
public final class Declaration {
  private final ConnectorDefinition<?> definition;
  private final Map<String, Object> config;
  private final List<String> secrets;

  /**
   * Makes the checks of one connector.
   *
   * @param config a configuration that works
   * @param secrets the secret texts in it
   */
  public Declaration(
      ConnectorDefinition<?> definition, Map<String, Object> config, List<String> secrets) {
    this.definition = definition;
    this.config = Map.copyOf(config);
    this.secrets = List.copyOf(secrets);
  }

  /** The connector has a name of the right form, a title and a sentence. */
  public void checkInfo(String kind) {
    ConnectorInfo info = definition.info();
    assertThat(info.name()).as("the connector's name").matches(kind + "-[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(info.title()).as("the connector's title").isNotBlank();
    assertThat(info.summary()).as("the connector's summary").matches("(?s)\\p{Lu}.{10,}\\.");
    assertThat(info.definitionId()).as("the definition id").isNotNull();
  }

  /** Exactly one plugin that ServiceLoader finds offers the connector. */
  public void checkOffered() {
    List<String> names = new ArrayList<>();
    for (ConnectorPlugin plugin : ServiceLoader.load(ConnectorPlugin.class)) {
      plugin.connectors().forEach(connector -> names.add(connector.info().name()));
    }
    assertThat(names)
        .as("the connectors found through META-INF/services/%s", ConnectorPlugin.class.getName())
        .containsOnlyOnce(definition.info().name());
  }

  /** Every property of the spec has a title and an order, alternatives included. */
  public void checkSpec() {
    Map<String, Object> spec = ConfigSpec.of(definition).jsonSchema();
    assertThat(spec).containsEntry("type", "object").containsKey("properties");
    checkProperties("$", spec);
  }

  private static void checkProperties(String path, Map<?, ?> object) {
    if (!(object.get("properties") instanceof Map<?, ?> properties)) {
      return;
    }
    properties.forEach(
        (name, value) -> {
          String where = path + "." + name;
          Map<?, ?> property = (Map<?, ?>) value;
          if (!property.containsKey("const")) {
            assertThat(String.valueOf(property.get("title"))).as("title of %s", where).isNotBlank();
            assertThat(property.containsKey("title")).as("%s has a title", where).isTrue();
            assertThat(property.containsKey("order")).as("%s has an order", where).isTrue();
          }
          checkProperties(where, property);
          if (property.get("oneOf") instanceof List<?> alternatives) {
            alternatives.forEach(one -> checkProperties(where, (Map<?, ?>) one));
          }
        });
  }

  /** The working configuration reads, and so does the URI's example. */
  public void checkExamples() {
    assertThat(ConfigReader.problems(definition.configType(), config))
        .as("problems of the working configuration")
        .isEmpty();
    UriForm uri = definition.uriForm();
    assertThat(uri.schemes()).as("the URI's schemes").isNotEmpty();
    assertThat(ConfigReader.problems(definition.configType(), uri.toConfig().apply(uri.example())))
        .as("problems of the URI %s", uri.example())
        .isEmpty();
  }

  /** A key that no field has is a problem that names it. */
  public void checkUnknownKey() {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(config);
    more.put("no_such_field", "x");
    assertThat(ConfigReader.problems(definition.configType(), more).toString())
        .as("problems of a configuration with a field that does not exist")
        .contains("no_such_field");
  }

  /** Neither the record's text nor a failure to read it shows a secret. */
  public void checkSecrets() {
    Record read = ConfigReader.read(definition.configType(), config);
    Sentences.assertHidden("the configuration's toString", read.toString(), secrets);
    for (String key : config.keySet()) {
      Map<String, Object> spoilt = new LinkedHashMap<>(config);
      spoilt.put(key, List.of(Map.of("spoilt", List.of())));
      try {
        ConfigReader.read(definition.configType(), spoilt);
      } catch (ConfigException e) {
        Sentences.assertHidden(e, secrets);
      }
    }
    checkSecretFields();
  }

  private void checkSecretFields() {
    if (!secrets.isEmpty()) {
      assertThat(ConfigSpec.of(definition).jsonSchema().toString())
          .as("the spec marks its secrets; fields of type %s do", Secret.class.getSimpleName())
          .contains("airbyte_secret=true");
    }
  }
}
