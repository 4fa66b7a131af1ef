package io.millrace.engine;

import io.millrace.engine.mapper.Mapper;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.spi.TargetName;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeSource;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A source's database, a destination's store and the engine's memory: what survives a process. */
final class World {
  static final StreamName ORDERS = new StreamName("shop", "orders");
  static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("at", new LogicalType.Int(64)),
              Fields.of("note", new LogicalType.Text())));

  final FakeDatabase database = new FakeDatabase();
  final FakeStore target = new FakeStore();
  final MemoryStore store = new MemoryStore();
  final List<SyncEvent> events = new ArrayList<>();
  final Path temp;
  FakeSourceOptions sourceOptions = FakeSourceOptions.DEFAULT;
  FakeDestinationOptions destinationOptions =
      FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.NONE);
  EngineSettings settings = settings(Duration.ZERO);
  List<Mapper> mappers = List.of();
  SchemaChangePolicy schemaChanges = SchemaChangePolicy.PROPAGATE;

  World(Path temp) {
    this.temp = temp;
  }

  FakeTable orders(int rows) {
    FakeTable table = database.create(ORDERS, SCHEMA, List.of("id"), List.of("at"));
    table.insert(rows(1, rows));
    return table;
  }

  static List<Row> rows(long from, long to) {
    List<Row> rows = new ArrayList<>();
    for (long id = from; id <= to; id++) {
      rows.add(Row.of(id, id * 10, "note " + id));
    }
    return rows;
  }

  /** Runs one process: syncs, and ends the sync as the command line does after its summary. */
  SyncSummary sync(SyncMode mode, FaultPlan faults) {
    return sync(mode, faults, new Cancellation());
  }

  SyncSummary sync(SyncMode mode, FaultPlan faults, Cancellation cancellation) {
    SyncEngine engine = engine();
    SyncSummary summary = engine.sync(spec(mode, faults), store, this::heard, cancellation);
    if (faults.crashed()) {
      throw new AssertionError("the process died and still returned " + summary);
    }
    engine.conclude(store, summary);
    return summary;
  }

  SyncEngine engine() {
    Clock clock = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    return new SyncEngine(settings, clock, time -> {}, temp);
  }

  SyncSpec spec(SyncMode mode, FaultPlan faults) {
    return new SyncSpec(
        "shop",
        context -> new FakeSource(database, sourceOptions, faults, context),
        context -> new FakeDestination(target, destinationOptions, faults),
        List.of(),
        new StreamOptions(mode, null, null, null, null).with(mappers),
        new NamespaceRule.OfDestination(),
        "",
        schemaChanges);
  }

  private synchronized void heard(SyncEvent event) {
    events.add(event);
  }

  /** Returns the published rows of the orders, sorted by their text. */
  List<String> published() {
    return published(TargetName.wanted(FakeDestination.DEFAULT_NAMESPACE, "orders"));
  }

  List<String> published(TargetName wanted) {
    TargetName name =
        new FakeDestination(target, destinationOptions, FaultPlan.none()).identify(wanted);
    FakeStore.@Nullable Published table = target.read(name);
    if (table == null) {
      return List.of();
    }
    return sorted(table.rows());
  }

  static List<String> sorted(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  static EngineSettings settings(Duration commitInterval) {
    EngineSettings usual = EngineSettings.DEFAULT;
    return new EngineSettings(
        usual.arrowBytesMax(),
        usual.readerBytesReserved(),
        usual.streamsMax(),
        usual.readersMax(),
        usual.commitBytes(),
        commitInterval,
        commitInterval,
        usual.startRetriesMax(),
        usual.retriesMax(),
        usual.retryWaitFirst(),
        usual.retryWaitMax(),
        usual.cancelWaitMax(),
        usual.quarantineRowsMax(),
        usual.tuning());
  }
}
