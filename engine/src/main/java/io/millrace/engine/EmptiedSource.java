package io.millrace.engine;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Streams that are known and have no rows: full refreshes of it leave empty targets. Nothing
 * outside is asked, so it works where the real source is away or no longer has a stream.
 */
final class EmptiedSource implements Source {
  private final Map<StreamName, Schema> schemas;

  EmptiedSource(Map<StreamName, Schema> schemas) {
    this.schemas = Map.copyOf(schemas);
  }

  @Override
  public void check() {}

  @Override
  public void discover(Consumer<StreamDescriptor> found) {
    schemas.keySet().stream()
        .sorted()
        .forEach(
            name ->
                found.accept(
                    new StreamDescriptor(
                        name,
                        Objects.requireNonNull(schemas.get(name)),
                        List.of(),
                        List.of(),
                        false,
                        false,
                        0,
                        0)));
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state) {
    Schema schema = Objects.requireNonNull(schemas.get(stream.name()), "known schema");
    Map<String, Field> fields =
        schema.getFields().stream().collect(Collectors.toMap(Field::getName, field -> field));
    List<Field> columns = stream.columns().stream().map(fields::get).toList();
    return new StreamPlan(new Schema(columns, schema.getCustomMetadata()), List.of());
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress) {
    return new Resumption.Continue(plan(stream, state));
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from) {
    throw new IllegalStateException("An emptied stream has no partition.");
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    throw new IllegalStateException("A full refresh has no state.");
  }

  @Override
  public void close() {}
}
