package io.millrace.server.pipeline;

import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamSelection;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Suggestion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads pipeline files. */
public final class PipelineFile {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*\\}?");
  private static final String NAME = "name";
  private static final String CONNECTOR = "connector";
  private static final String CONFIG = "config";

  private final ConnectorRegistry registry;
  private final Map<String, String> environment;

  /** Reads files with these connectors and variables. */
  public PipelineFile(ConnectorRegistry registry, Map<String, String> environment) {
    this.registry = registry;
    this.environment = environment;
  }

  /**
   * Reads a file. Relative paths in it count from its folder.
   *
   * @param shown the file as the user named it
   * @throws ConfigException with a sentence for every mistake
   */
  public Pipeline read(Path file, String shown) {
    Mistakes mistakes = new Mistakes(shown);
    @Nullable Object typed = Yaml.read(file, mistakes);
    if (typed == null) {
      throw mistakes.alone("the file is empty; a pipeline has a source and a destination.");
    }
    Path base = Optional.ofNullable(file.toAbsolutePath().normalize().getParent()).orElse(file);
    Object resolved = new References(environment, base, mistakes).resolve("", typed);
    Section root = Section.of(mistakes, "", resolved);
    mistakes.throwIfAny();
    Pipeline pipeline = root == null ? null : pipeline(root, mistakes, base, defaultName(file));
    mistakes.throwIfAny();
    if (pipeline == null) {
      throw mistakes.alone("the pipeline has a mistake.");
    }
    return pipeline;
  }

  /**
   * Returns the name of the pipeline in a file, whatever else stands in it.
   *
   * @throws ConfigException when the file cannot be read
   */
  public static String name(Path file, String shown) {
    Mistakes mistakes = new Mistakes(shown);
    Map<String, Object> root = Section.map(Yaml.read(file, mistakes));
    return root != null && root.get(NAME) instanceof String name ? name : defaultName(file);
  }

  private @Nullable Pipeline pipeline(
      Section root, Mistakes mistakes, Path base, String defaultName) {
    root.allow(
        NAME,
        "source",
        "destination",
        "streams",
        "defaults",
        "namespace",
        "prefix",
        "schema_changes");
    StreamEntries entries = new StreamEntries(mistakes);
    String name = Optional.ofNullable(root.text(NAME)).orElse(defaultName);
    if (name.isBlank()) {
      mistakes.add(NAME, "the name is empty.");
    }
    Endpoint source = endpoint(root, Side.SOURCE, base);
    Endpoint destination = endpoint(root, Side.DESTINATION, base);
    List<StreamSelection> streams = entries.streams(root.value("streams"));
    StreamOptions defaults = entries.defaults(root.value("defaults"));
    NamespaceRule namespace = namespace(root);
    String prefix = Optional.ofNullable(root.text("prefix")).orElse("");
    SchemaChangePolicy changes = schemaChanges(root);
    if (source == null || destination == null) {
      return null;
    }
    return new Pipeline(
        name, source, destination, streams, defaults, namespace, prefix, changes, base, Map.of());
  }

  private @Nullable Endpoint endpoint(Section root, Side side, Path base) {
    Mistakes mistakes = root.mistakes();
    Object value = root.value(side.label());
    if (value == null) {
      mistakes.add(
          side.label(),
          "it is missing; write {connector: " + side.prefix() + "..., config: {...}}.");
      return null;
    }
    try {
      Endpoint endpoint =
          value instanceof String uri
              ? new UriEndpoints(registry).of(side, uri, base, mistakes.place(side.label()))
              : fromSection(Section.of(mistakes, side.label(), value), side, base);
      if (endpoint != null) {
        mistakes.addAll(endpoint.problems());
      }
      return endpoint;
    } catch (ConfigException e) {
      mistakes.add(side.label(), e.userMessage());
      return null;
    }
  }

  private @Nullable Endpoint fromSection(@Nullable Section section, Side side, Path base) {
    if (section == null) {
      return null;
    }
    section.allow(CONNECTOR, CONFIG);
    String connector = section.text(CONNECTOR);
    if (connector == null) {
      section
          .mistakes()
          .add(
              section.path(CONNECTOR),
              "the name of the connector is missing, such as " + side.prefix() + "postgres.");
      return null;
    }
    Map<String, Object> config = Map.of();
    if (section.has(CONFIG)) {
      config = Section.map(section.value(CONFIG));
      if (config == null) {
        section.mistakes().add(section.path(CONFIG), "a map was expected (key: value).");
        return null;
      }
    }
    return new Endpoint(
        registry.find(side, connector),
        config,
        base,
        section.mistakes().place(section.path(CONFIG)));
  }

  private static NamespaceRule namespace(Section root) {
    String text = Optional.ofNullable(root.text("namespace")).orElse("destination");
    Matcher placeholders = PLACEHOLDER.matcher(text);
    while (placeholders.find()) {
      if (!placeholders.group().equals(NamespaceRule.SOURCE_NAMESPACE)) {
        root.mistakes()
            .add(
                "namespace",
                "there is no "
                    + placeholders.group()
                    + "; the only one is "
                    + NamespaceRule.SOURCE_NAMESPACE
                    + ".");
      }
    }
    return NamespaceRule.parse(text);
  }

  private static SchemaChangePolicy schemaChanges(Section root) {
    String text = Optional.ofNullable(root.text("schema_changes")).orElse("propagate");
    List<String> labels =
        Arrays.stream(SchemaChangePolicy.values()).map(SchemaChangePolicy::label).toList();
    for (SchemaChangePolicy policy : SchemaChangePolicy.values()) {
      if (policy.label().equals(text.toLowerCase(Locale.ROOT))) {
        return policy;
      }
    }
    root.mistakes()
        .add(
            "schema_changes",
            "there is no \""
                + text
                + "\""
                + Suggestion.of(text, labels)
                + "; known are "
                + String.join(", ", labels)
                + ".");
    return SchemaChangePolicy.PROPAGATE;
  }

  private static String defaultName(Path file) {
    String base = String.valueOf(file.getFileName());
    int dot = base.lastIndexOf('.');
    return dot > 0 ? base.substring(0, dot) : base;
  }
}
