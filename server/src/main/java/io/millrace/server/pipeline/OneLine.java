package io.millrace.server.pipeline;

import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamPattern;
import io.millrace.engine.StreamSelection;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.spi.ConfigException;
import io.millrace.spi.SyncMode;
import io.millrace.spi.config.ConfigSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a pipeline from two URIs and flags. */
public final class OneLine {
  private static final String METADATA_COLUMNS = "metadata_columns";

  private final ConnectorRegistry registry;
  private final Map<String, String> environment;
  private final Path currentDirectory;

  /** Makes pipelines whose relative paths count from the current folder. */
  public OneLine(
      ConnectorRegistry registry, Map<String, String> environment, Path currentDirectory) {
    this.registry = registry;
    this.environment = environment;
    this.currentDirectory = currentDirectory;
  }

  /**
   * What the flags say; null and empty mean: not said.
   *
   * @param name the pipeline's name
   * @param streams patterns of streams
   * @param mode the sync mode
   * @param cursor the cursor field
   * @param key the key's fields
   * @param columns the columns to read
   * @param namespace where streams land
   * @param prefix put before every target name
   * @param metadataColumns the destination's option of this name
   */
  public record Flags(
      @Nullable String name,
      List<String> streams,
      @Nullable String mode,
      @Nullable String cursor,
      List<String> key,
      List<String> columns,
      @Nullable String namespace,
      @Nullable String prefix,
      @Nullable String metadataColumns) {
    /** Says nothing. */
    public static final Flags NONE =
        new Flags(null, List.of(), null, null, List.of(), List.of(), null, null, null);

    /** Tells whether something is said about streams, which a configured catalog says itself. */
    boolean aboutStreams() {
      return !streams.isEmpty()
          || mode != null
          || cursor != null
          || !key.isEmpty()
          || !columns.isEmpty();
    }
  }

  /**
   * Returns the pipeline.
   *
   * @throws ConfigException with a sentence for every mistake
   */
  public Pipeline read(String from, String to, Flags flags) {
    Endpoint source = endpoint(Side.SOURCE, from);
    Endpoint destination = endpoint(Side.DESTINATION, to);
    String name = flags.name() != null ? flags.name() : PipelineNames.of(source, destination);
    Endpoint flagged = withMetadataColumns(destination, flags.metadataColumns());
    Mistakes mistakes = new Mistakes("The command");
    mistakes.addAll(source.problems());
    mistakes.addAll(flagged.problems());
    mistakes.throwIfAny();
    return new Pipeline(
        name,
        source,
        flagged,
        flags.streams().stream()
            .map(text -> new StreamSelection(StreamPattern.parse(text), StreamOptions.NONE))
            .toList(),
        options(flags),
        NamespaceRule.parse(flags.namespace() == null ? "destination" : flags.namespace()),
        flags.prefix() == null ? "" : flags.prefix(),
        SchemaChangePolicy.PROPAGATE,
        currentDirectory,
        Map.of());
  }

  /** Returns one side, from a URI or a plain path. */
  public Endpoint endpoint(Side side, String uri) {
    Mistakes mistakes = new Mistakes(side.label());
    String resolved =
        new References(environment, currentDirectory, mistakes)
            .text("", uri, uri.contains(":") ? OneLine::percentEncoded : UnaryOperator.identity());
    mistakes.throwIfAny();
    return new UriEndpoints(registry).of(side, resolved, currentDirectory, side.label());
  }

  private static StreamOptions options(Flags flags) {
    return new StreamOptions(
        mode(flags.mode()),
        flags.cursor(),
        flags.key().isEmpty() ? null : flags.key(),
        flags.columns().isEmpty() ? null : flags.columns(),
        null);
  }

  private static @Nullable SyncMode mode(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return SyncModes.find(text)
        .orElseThrow(
            () -> new ConfigException("unknown_mode", "--mode: " + SyncModes.unknown(text)));
  }

  /**
   * Returns the destination with the flag's value, if there is one.
   *
   * @throws ConfigException when the destination has no such option
   */
  static Endpoint withMetadataColumns(Endpoint destination, @Nullable String value) {
    if (value == null) {
      return destination;
    }
    Map<String, Object> schema = ConfigSpec.of(destination.connector()).jsonSchema();
    if (!(schema.get("properties") instanceof Map<?, ?> properties)
        || !properties.containsKey(METADATA_COLUMNS)) {
      throw new ConfigException(
          "flag_unknown",
          "--metadata-columns: " + destination.connector().info().name() + " has no such option.");
    }
    Map<String, Object> values = new LinkedHashMap<>(destination.values());
    values.put(METADATA_COLUMNS, value);
    return new Endpoint(
        destination.connector(), values, destination.baseDirectory(), destination.place());
  }

  /** Encodes what could be taken for a part of the URI's grammar. */
  private static String percentEncoded(String value) {
    return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
