package io.millrace.server.command;

import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamPattern;
import io.millrace.server.pipeline.PipelineFile;
import io.millrace.server.state.FileSyncStore;
import io.millrace.server.state.StateFolder;
import io.millrace.spi.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say whose state: a pipeline file, or a pipeline's name. */
final class StateArguments {
  private static final List<String> FILE_ENDINGS = List.of(".yaml", ".yml", ".json");

  @Parameters(
      paramLabel = "PIPELINE",
      description = "A pipeline file, or the name of a pipeline with state in ./.millrace.")
  private String pipeline = "";

  @Option(
      names = "--state-dir",
      paramLabel = "FOLDER",
      description = "Where state is kept; without it .millrace beside the pipeline file.")
  private @Nullable String stateDirectory;

  /**
   * Returns the folder of the pipeline's state.
   *
   * @throws ConfigException when there is none
   */
  StateFolder folder(Surroundings surroundings) {
    Path current = surroundings.currentDirectory();
    String lower = pipeline.toLowerCase(Locale.ROOT);
    boolean file = FILE_ENDINGS.stream().anyMatch(lower::endsWith);
    Path base = current;
    String name = pipeline;
    if (file) {
      Path path = current.resolve(pipeline).toAbsolutePath().normalize();
      Path parent = path.getParent();
      base = parent == null ? current : parent;
      name = PipelineFile.name(path, pipeline);
    }
    Path parent =
        stateDirectory == null
            ? base.resolve(StateFolder.DEFAULT_PARENT)
            : current.resolve(stateDirectory);
    StateFolder folder = StateFolder.of(parent, name);
    if (!Files.isDirectory(folder.root())) {
      throw new ConfigException(
          "state_missing",
          "There is no state of pipeline "
              + name
              + " in "
              + parent
              + ": it was not synced yet, or its state is elsewhere (--state-dir)."
              + FileSyncStore.pipelinesIn(parent)
                  .map(names -> " Known here: " + names + ".")
                  .orElse(""));
    }
    return folder;
  }

  /**
   * Returns the streams that the patterns select; all without a pattern.
   *
   * @throws ConfigException when a pattern selects none
   */
  static List<StreamMemory> select(List<StreamMemory> streams, List<String> patterns) {
    for (String pattern : patterns) {
      StreamPattern parsed = StreamPattern.parse(pattern);
      if (streams.stream().noneMatch(memory -> parsed.matches(memory.name()))) {
        throw new ConfigException(
            "stream_unknown", "No stream with state is called " + pattern + ".");
      }
    }
    List<StreamPattern> parsed = patterns.stream().map(StreamPattern::parse).toList();
    return streams.stream()
        .filter(
            memory ->
                parsed.isEmpty() || parsed.stream().anyMatch(one -> one.matches(memory.name())))
        .toList();
  }
}
