package io.millrace.server.connector;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.PathRule;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.config.ConfigProblem;
import io.millrace.spi.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One side of a pipeline: a connector and values for its configuration.
 *
 * @param connector the connector
 * @param values its configuration as plain values, references resolved
 * @param baseDirectory the folder that relative paths in it count from
 * @param place where the values stand, for messages: {@code shop.yaml: source.config}
 * @param paths which local files it may touch
 */
public record Endpoint(
    ConnectorDefinition<?> connector,
    Map<String, Object> values,
    Path baseDirectory,
    String place,
    PathRule paths) {
  /** Makes one that may touch what the user of the process may. */
  public Endpoint(
      ConnectorDefinition<?> connector,
      Map<String, Object> values,
      Path baseDirectory,
      String place) {
    this(connector, values, baseDirectory, place, PathRule.ANY);
  }

  /** Returns one sentence per wrong value; empty when the configuration is right. */
  public List<String> problems() {
    return ConfigReader.problems(connector.configType(), values).stream().map(this::line).toList();
  }

  /**
   * Returns what opens the source.
   *
   * @throws ConfigException when a value is wrong, or the connector is no source
   */
  public Function<ConnectorContext, Source> source() {
    return switch (connector) {
      case SourceDefinition<?> source -> opener(source);
      case DestinationDefinition<?> ignored -> throw wrongSide(Side.SOURCE);
    };
  }

  /**
   * Returns what opens the destination.
   *
   * @throws ConfigException when a value is wrong, or the connector is no destination
   */
  public Function<ConnectorContext, Destination> destination() {
    return switch (connector) {
      case DestinationDefinition<?> destination -> opener(destination);
      case SourceDefinition<?> ignored -> throw wrongSide(Side.DESTINATION);
    };
  }

  private <C extends Record> Function<ConnectorContext, Source> opener(SourceDefinition<C> source) {
    C config = read(source.configType());
    return context -> source.open(config, within(context));
  }

  private <C extends Record> Function<ConnectorContext, Destination> opener(
      DestinationDefinition<C> destination) {
    C config = read(destination.configType());
    return context -> destination.open(config, within(context));
  }

  private ConnectorContext within(ConnectorContext context) {
    return context.withBaseDirectory(baseDirectory).withPaths(paths);
  }

  private <C extends Record> C read(Class<C> type) {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new ConfigException(ConfigReader.CODE, String.join("\n", problems));
    }
    return ConfigReader.read(type, values);
  }

  private String line(ConfigProblem problem) {
    String path = problem.path().startsWith("$") ? problem.path().substring(1) : problem.path();
    boolean file = place.endsWith(": ");
    String within = file && path.startsWith(".") ? path.substring(1) : path;
    return new ConfigProblem(place + within, problem.value(), problem.expected()).line();
  }

  private ConfigException wrongSide(Side wanted) {
    return new ConfigException(
        "wrong_side",
        (place.endsWith(": ") ? place : place + ": ")
            + connector.info().name()
            + " is no "
            + wanted.label()
            + ".");
  }
}
