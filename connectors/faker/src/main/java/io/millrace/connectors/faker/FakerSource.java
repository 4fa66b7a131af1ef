package io.millrace.connectors.faker;

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
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A shop that does not exist. Everything a read depends on stands in its partitions' tokens. */
final class FakerSource implements Source {
  private final FakerConfig config;
  private final ConnectorContext context;

  FakerSource(FakerConfig config, ConnectorContext context) {
    this.config = config;
    this.context = context;
  }

  @Override
  public void check() throws InterruptedException {
    Table users = Table.ALL.getLast();
    Range one = new Range(1, 1, 1, Slice.NOT_SET, 1);
    try (FakerReader reader = new FakerReader(context, users.columns(), 1, one, 1);
        var batch = reader.next()) {
      if (batch == null || batch.rowCount() != 1) {
        throw new IllegalStateException("A range of one row has no row.");
      }
    }
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) {
    Table.ALL.forEach(table -> found.accept(table.describe(config.count())));
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state) {
    Table table = table(stream.name());
    List<Column> columns = columns(table, stream);
    List<Partition> partitions = new Planner(config, context.clock()).partitions(table, state);
    return new StreamPlan(schema(columns), partitions);
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress) {
    List<Partition> planned = progress.stream().map(PartitionProgress::partition).toList();
    List<Column> columns = columns(table(stream.name()), stream);
    return new Resumption.Continue(new StreamPlan(schema(columns), planned));
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from) {
    Range range = Range.of(partition);
    long next = from == null ? range.from() : Tokens.number(from.token(), FakerReader.NEXT_ID);
    List<Column> columns = columns(table(stream.name()), stream);
    return new FakerReader(context, columns, config.recordsPerSlice(), range, next);
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    return Planner.advance(before, finished);
  }

  @Override
  public void close() {
    // Nothing is held: readers own what they use.
  }

  private static Table table(StreamName name) {
    for (Table table : Table.ALL) {
      if (name.namespace() == null && table.name().equals(name.name())) {
        return table;
      }
    }
    throw new ConfigException(
        "stream_missing",
        "source-faker has no stream "
            + name.display()
            + "; it has "
            + String.join(", ", Table.ALL.stream().map(Table::name).toList())
            + ".");
  }

  private static List<Column> columns(Table table, ConfiguredStream stream) {
    List<Column> columns = new ArrayList<>();
    for (String name : stream.columns()) {
      columns.add(
          table.columns().stream()
              .filter(column -> column.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "column_missing",
                          "The stream " + table.name() + " has no column " + name + ".")));
    }
    return columns;
  }

  private static Schema schema(List<Column> columns) {
    return new Schema(columns.stream().map(Column::field).toList());
  }
}
