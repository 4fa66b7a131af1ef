package io.millrace.testkit.example;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the files of a folder. Holds nothing between calls, so it is thread-safe by itself. */
final class TsvSource implements Source {
  private static final long HEADER_LINES = 1;

  private final Path folder;
  private final ConnectorContext context;

  TsvSource(Path folder, ConnectorContext context) {
    this.folder = folder;
    this.context = context;
  }

  @Override
  public void check() {
    files().stream().limit(1).forEach(TsvFile::open);
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) {
    for (Path path : files()) {
      TsvFile file = TsvFile.open(path);
      found.accept(
          new StreamDescriptor(
              file.name(), file.schema(), List.of(), List.of(), true, true, -1, file.end()));
    }
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state) {
    TsvFile file = find(stream);
    Schema schema = chosen(stream, file);
    Position from = stream.mode().incremental() && state != null ? after(state, file) : start(file);
    long end = file.end();
    if (from.at() >= end) {
      return new StreamPlan(schema, List.of());
    }
    Partition rest =
        new Partition(
            "from-" + from.at(),
            Position.VERSION,
            "{\"from\": " + from.json() + ", \"to\": " + end + "}",
            "bytes " + from.at() + " to " + end + " of " + file.path().getFileName(),
            -1,
            end - from.at());
    return new StreamPlan(schema, List.of(rest));
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress) {
    TsvFile file = find(stream);
    List<Partition> partitions = progress.stream().map(PartitionProgress::partition).toList();
    if (partitions.stream().allMatch(partition -> end(partition) <= file.end())) {
      return new Resumption.Continue(new StreamPlan(chosen(stream, file), partitions));
    }
    if (stream.mode().writeMode().staged()) {
      return new Resumption.Restart("The file became shorter.", plan(stream, state));
    }
    throw new ConfigException(
        "file_replaced",
        "The file of stream "
            + stream.name().display()
            + " became shorter while it was read; reset the stream's state to begin again.");
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from) {
    TsvFile file = find(stream);
    Position start = Position.of(from == null ? partition.token() : from.token());
    return TsvReader.open(file, chosen(stream, file), start, end(partition), context);
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    if (finished.isEmpty()) {
      return before != null
          ? before
          : new StreamState(Position.VERSION, Position.BEFORE_ALL.json());
    }
    Checkpoint last = Objects.requireNonNull(finished.getLast().checkpoint());
    return new StreamState(last.version(), last.token());
  }

  @Override
  public void close() {}

  private static Position start(TsvFile file) {
    return new Position(file.firstRow(), 1 + HEADER_LINES);
  }

  private static Position after(StreamState state, TsvFile file) {
    Position position = Position.of(state.token());
    return position.equals(Position.BEFORE_ALL) ? start(file) : position;
  }

  private static long end(Partition partition) {
    String token = partition.token();
    return Long.parseLong(token.substring(token.lastIndexOf(' ') + 1, token.length() - 1));
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      throw new ConfigException(
          "no_folder",
          "There is no folder " + folder + "; set the field folder to one that holds .tsv files.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(TsvFile.SUFFIX))
          .sorted((a, b) -> nameOf(a).compareTo(nameOf(b)))
          .toList();
    } catch (IOException e) {
      throw TsvFile.unreadable(folder, e);
    }
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - TsvFile.SUFFIX.length());
  }

  private TsvFile find(ConfiguredStream stream) {
    Path path = folder.resolve(stream.name().name() + TsvFile.SUFFIX);
    if (!Files.exists(path)) {
      throw new ConfigException(
          "no_such_stream",
          "There is no file " + path.getFileName() + " in " + folder + "; discover lists them.");
    }
    return TsvFile.open(path);
  }

  private static Schema chosen(ConfiguredStream stream, TsvFile file) {
    List<Field> fields = new ArrayList<>();
    for (String column : stream.columns()) {
      fields.add(
          file.schema().getFields().stream()
              .filter(field -> field.getName().equals(column))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "no_such_column",
                          "Stream %s has no column \"%s\"."
                              .formatted(stream.name().display(), column))));
    }
    return new Schema(fields);
  }
}
