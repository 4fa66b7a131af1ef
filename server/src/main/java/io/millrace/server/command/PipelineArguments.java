package io.millrace.server.command;

import io.millrace.server.pipeline.AirbyteFiles;
import io.millrace.server.pipeline.OneLine;
import io.millrace.server.pipeline.Pipeline;
import io.millrace.server.pipeline.PipelineFile;
import io.millrace.server.state.StateFolder;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say which pipelines: files, two URIs, or Airbyte's files. */
final class PipelineArguments {
  private static final Pattern URI =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:).*", Pattern.DOTALL);

  @Parameters(
      paramLabel = "PIPELINE.yaml... | FROM TO",
      hideParamSyntax = true,
      arity = "0..*",
      description = "Pipeline files; or one source and one destination, as URIs or paths.")
  private List<String> positional = new ArrayList<>();

  @Option(
      names = "--stream",
      paramLabel = "PATTERN",
      description = "A stream to sync, such as public.orders or 'public.*'; repeatable.")
  private List<String> streams = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      completionCandidates = Candidates.Modes.class,
      description =
          "full_refresh_overwrite (default), full_refresh_append, full_refresh_overwrite_dedup,"
              + " incremental_append or incremental_append_dedup.")
  private @Nullable String mode;

  @Option(names = "--cursor", paramLabel = "FIELD", description = "The field that orders changes.")
  private @Nullable String cursor;

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      split = ",",
      description = "The fields that identify a row.")
  private List<String> key = new ArrayList<>();

  @Option(
      names = "--columns",
      paramLabel = "FIELD",
      split = ",",
      description = "The columns to read; all without it.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--namespace",
      paramLabel = "RULE",
      description = "Where streams land: destination (default), source, or a text.")
  private @Nullable String namespace;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "Put before every target name.")
  private @Nullable String prefix;

  @Option(
      names = "--metadata-columns",
      paramLabel = "WHICH",
      completionCandidates = Candidates.MetadataColumns.class,
      description = "full or none: whether Airbyte's four columns are added.")
  private @Nullable String metadataColumns;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name that the state is kept under.")
  private @Nullable String name;

  @Option(
      names = "--state-dir",
      paramLabel = "FOLDER",
      description = "Where state is kept; without it .millrace beside the pipeline file.")
  private @Nullable String stateDirectory;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      completionCandidates = Candidates.Sources.class,
      description = "Airbyte's form: the source.")
  private @Nullable String source;

  @Option(names = "--source-config", paramLabel = "FILE", description = "Its configuration.")
  private @Nullable String sourceConfig;

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      completionCandidates = Candidates.Destinations.class,
      description = "Airbyte's form: the destination.")
  private @Nullable String destination;

  @Option(names = "--destination-config", paramLabel = "FILE", description = "Its configuration.")
  private @Nullable String destinationConfig;

  @Option(names = "--catalog", paramLabel = "FILE", description = "The configured catalog.")
  private @Nullable String catalog;

  @Option(names = "--state", paramLabel = "FILE", description = "Where streams begin.")
  private @Nullable String state;

  /**
   * Returns the pipelines, in order, each with its own name.
   *
   * @throws ConfigException when the arguments or a file have a mistake
   */
  List<Pipeline> pipelines(Surroundings surroundings) {
    if (source != null || destination != null) {
      return List.of(fromAirbyteFiles(surroundings));
    }
    if (positional.isEmpty()) {
      throw new ConfigException(
          "arguments",
          "What is to be synced? Name a pipeline file, or a source and a destination.");
    }
    if (positional.size() == 2
        && positional.stream().noneMatch(PipelineArguments::isPipelineFile)) {
      OneLine oneLine =
          new OneLine(
              surroundings.registry(), surroundings.environment(), surroundings.currentDirectory());
      return List.of(oneLine.read(positional.get(0), positional.get(1), flags()));
    }
    return fromFiles(surroundings);
  }

  /** Returns where the state of a pipeline is kept. */
  StateFolder stateFolder(Pipeline pipeline, Surroundings surroundings) {
    Path parent =
        stateDirectory == null
            ? pipeline.baseDirectory().resolve(StateFolder.DEFAULT_PARENT)
            : surroundings.currentDirectory().resolve(stateDirectory);
    return StateFolder.of(parent, pipeline.name());
  }

  private List<Pipeline> fromFiles(Surroundings surroundings) {
    refuseFlags();
    if (positional.size() == 1 && !isPipelineFile(positional.getFirst())) {
      refuseLoneSource(positional.getFirst());
    }
    for (String file : positional) {
      if (positional.size() > 1 && !isPipelineFile(file)) {
        throw new ConfigException(
            "arguments",
            "\""
                + shown(file)
                + "\" is no pipeline file (*.yaml, *.yml). Give pipeline files alone, or exactly one"
                + " source and one destination.");
      }
    }
    PipelineFile reader = new PipelineFile(surroundings.registry(), surroundings.environment());
    List<Pipeline> pipelines = new ArrayList<>();
    Set<StateFolder> folders = new HashSet<>();
    for (String file : positional) {
      Pipeline pipeline = reader.read(surroundings.currentDirectory().resolve(file), file);
      if (!folders.add(stateFolder(pipeline, surroundings))) {
        throw new ConfigException(
            "arguments",
            file
                + ": an earlier pipeline of this command has the same name, "
                + pipeline.name()
                + ".");
      }
      pipelines.add(pipeline);
    }
    return pipelines;
  }

  private Pipeline fromAirbyteFiles(Surroundings surroundings) {
    if (!positional.isEmpty()) {
      throw new ConfigException(
          "arguments",
          "\""
              + shown(positional.getFirst())
              + "\" is one argument too many beside --source and --destination.");
    }
    AirbyteFiles files =
        new AirbyteFiles(
            surroundings.registry(), surroundings.environment(), surroundings.currentDirectory());
    return files.read(
        new AirbyteFiles.Paths(
            required(source, "--source"),
            required(sourceConfig, "--source-config"),
            required(destination, "--destination"),
            required(destinationConfig, "--destination-config"),
            required(catalog, "--catalog"),
            state),
        flags());
  }

  private OneLine.Flags flags() {
    return new OneLine.Flags(
        name, streams, mode, cursor, key, columns, namespace, prefix, metadataColumns);
  }

  private void refuseFlags() {
    if (!flags().equals(OneLine.Flags.NONE)) {
      throw new ConfigException(
          "arguments",
          "--stream, --mode, --cursor, --key, --columns, --namespace, --prefix, --metadata-columns"
              + " and --name belong to the form with two URIs; write them into the pipeline file.");
    }
  }

  /** A pipeline that stands alone may also be a JSON file. */
  private static void refuseLoneSource(String argument) {
    if (!argument.toLowerCase(Locale.ROOT).endsWith(".json")) {
      throw new ConfigException(
          "arguments",
          "\""
              + shown(argument)
              + "\" is no pipeline file (*.yaml, *.yml, *.json). If it is a source, name a"
              + " destination behind it, such as duckdb:out.duckdb.");
    }
  }

  /** Returns an argument as a message may show it: of a URI, which may hold a password, no more. */
  private static String shown(String argument) {
    Matcher uri = URI.matcher(argument);
    return uri.matches() ? uri.group(1) + "..." : ConnectorException.outside(argument);
  }

  private static boolean isPipelineFile(String argument) {
    String lower = argument.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml");
  }

  private static String required(@Nullable String value, String option) {
    if (value == null) {
      throw new ConfigException(
          "arguments",
          option
              + " is missing: --source, --source-config, --destination, --destination-config and"
              + " --catalog belong together.");
    }
    return value;
  }
}
