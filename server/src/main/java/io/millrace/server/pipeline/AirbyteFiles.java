package io.millrace.server.pipeline;

import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamPattern;
import io.millrace.engine.StreamSelection;
import io.millrace.protocol.ConfiguredCatalog;
import io.millrace.protocol.ConfiguredEntry;
import io.millrace.protocol.ReadState;
import io.millrace.protocol.StateFile;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Airbyte's JSON files: configurations, configured catalogs, states. */
public final class AirbyteFiles {
  private final ConnectorRegistry registry;
  private final Map<String, String> environment;
  private final Path currentDirectory;

  /** Reads files relative to the current folder. */
  public AirbyteFiles(
      ConnectorRegistry registry, Map<String, String> environment, Path currentDirectory) {
    this.registry = registry;
    this.environment = environment;
    this.currentDirectory = currentDirectory;
  }

  /**
   * Which files and connectors make a pipeline.
   *
   * @param source the source connector's name
   * @param sourceConfig its configuration file
   * @param destination the destination connector's name
   * @param destinationConfig its configuration file
   * @param catalog the configured catalog
   * @param state where streams begin; null: where the last sync ended
   */
  public record Paths(
      String source,
      String sourceConfig,
      String destination,
      String destinationConfig,
      String catalog,
      @Nullable String state) {}

  /**
   * Returns the pipeline that the files say.
   *
   * @param flags the name, and where streams land
   * @throws ConfigException with a sentence for every mistake
   */
  public Pipeline read(Paths paths, OneLine.Flags flags) {
    Endpoint source = endpoint(registry.find(Side.SOURCE, paths.source()), paths.sourceConfig());
    if (flags.aboutStreams()) {
      throw new ConfigException(
          "arguments",
          "--stream, --mode, --cursor, --key and --columns do not go with --catalog, which says"
              + " the same in its own way.");
    }
    Endpoint destination =
        OneLine.withMetadataColumns(
            endpoint(
                registry.find(Side.DESTINATION, paths.destination()), paths.destinationConfig()),
            flags.metadataColumns());
    if (!destination.problems().isEmpty()) {
      throw new ConfigException("config_invalid", String.join("\n", destination.problems()));
    }
    String namespace = flags.namespace();
    return new Pipeline(
        flags.name() != null ? flags.name() : PipelineNames.of(source, destination),
        source,
        destination,
        catalog(paths.catalog()).stream().map(AirbyteFiles::selection).toList(),
        StreamOptions.NONE,
        NamespaceRule.parse(namespace == null ? "destination" : namespace),
        flags.prefix() == null ? "" : flags.prefix(),
        SchemaChangePolicy.PROPAGATE,
        currentDirectory,
        paths.state() == null ? Map.of() : ended(paths.state(), source.connector()));
  }

  /** Returns a connector with the configuration of a JSON file; its paths count from the file. */
  public Endpoint endpoint(ConnectorDefinition<?> connector, String path) {
    Mistakes mistakes = new Mistakes(path);
    Path file = resolve(path);
    Path base = file.toAbsolutePath().normalize().getParent();
    Path folder = base == null ? currentDirectory : base;
    @Nullable Object typed = Yaml.parse(text(path), "JSON", mistakes);
    @Nullable Object resolved = new References(environment, folder, mistakes).resolve("", typed);
    mistakes.throwIfAny();
    Map<String, Object> values = Section.map(resolved);
    if (values == null) {
      throw mistakes.alone("a JSON object was expected.");
    }
    Endpoint endpoint = new Endpoint(connector, values, folder, path + ": ");
    mistakes.addAll(endpoint.problems());
    mistakes.throwIfAny();
    return endpoint;
  }

  /** Reads a configured catalog. */
  public List<ConfiguredEntry> catalog(String path) {
    return ConfiguredCatalog.read(bytes(path), path);
  }

  /** Reads a state file of a source, written by ours or by Airbyte's. */
  public Map<StreamName, ReadState> states(String path, ConnectorDefinition<?> source) {
    AirbyteStates foreign = source instanceof AirbyteStates able ? able : state -> null;
    return StateFile.read(bytes(path), path, foreign);
  }

  private Map<StreamName, StreamState> ended(String path, ConnectorDefinition<?> source) {
    Map<StreamName, StreamState> states = new LinkedHashMap<>();
    states(path, source)
        .forEach(
            (stream, read) -> {
              StreamState state = read.state();
              if (read.reading()) {
                throw new ConfigException(
                    "state_invalid",
                    path
                        + ": the state of stream "
                        + stream.display()
                        + " is from the middle of a read, which only \"millrace read\" can go on"
                        + " with.");
              }
              if (state != null) {
                states.put(stream, state);
              }
            });
    return states;
  }

  private static StreamSelection selection(ConfiguredEntry entry) {
    List<String> columns = entry.columns();
    return new StreamSelection(
        StreamPattern.exactly(entry.name()),
        new StreamOptions(
            entry.mode(),
            entry.cursorField(),
            entry.primaryKey().isEmpty() ? null : entry.primaryKey(),
            columns.isEmpty() ? null : columns,
            entry.target()));
  }

  private String text(String path) {
    return new String(bytes(path), java.nio.charset.StandardCharsets.UTF_8);
  }

  private byte[] bytes(String path) {
    try {
      return Files.readAllBytes(resolve(path));
    } catch (NoSuchFileException e) {
      throw new ConfigException("file_missing", path + ": there is no such file.");
    } catch (IOException e) {
      throw new ConfigException(
          "file_unreadable",
          path + ": the file cannot be read (" + ConnectorException.outside(e.toString()) + ").",
          e.toString(),
          e);
    }
  }

  private Path resolve(String path) {
    return currentDirectory.resolve(path);
  }
}
