package io.millrace.server.job;

import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.StreamName;
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
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A fake source with orders and a fake destination, whose faults the test plans. */
public final class Shop {
  public static final StreamName ORDERS = new StreamName("shop", "orders");
  public static final int ROWS = 60;

  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("at", new LogicalType.Int(64)),
              Fields.of("note", new LogicalType.Text())));

  public final FakeTable orders;
  public FaultPlan faults = FaultPlan.none();
  public FakeSourceOptions sourceOptions = FakeSourceOptions.DEFAULT;
  public Clock clock = Clock.systemUTC();
  private final FakeDatabase database = new FakeDatabase();
  private final FakeStore target = new FakeStore();

  public Shop() {
    orders = database.create(ORDERS, SCHEMA, List.of("id"), List.of("at"));
    orders.insert(rows(1, ROWS));
  }

  /** Makes a world that syncs the orders, on a store of its own. */
  public JobWorld world(Dialect dialect, Path folder) {
    return world(TestStore.url(dialect, folder), folder, "test");
  }

  /**
   * Makes a world that syncs the orders.
   *
   * @param server the name of the process among those on this store
   */
  public JobWorld world(DatabaseUrl store, Path folder, String server) {
    return new JobWorld(
        store,
        folder,
        server,
        clock,
        List.of(ORDERS),
        context -> new FakeSource(database, sourceOptions, faults, context),
        context -> new FakeDestination(target, options(), faults));
  }

  /** Returns rows with these ids. */
  public static List<Row> rows(long from, long to) {
    List<Row> rows = new ArrayList<>();
    for (long id = from; id <= to; id++) {
      rows.add(Row.of(id, id * 10, "note " + id));
    }
    return rows;
  }

  /** Returns the published rows, sorted by their text. */
  public List<String> published() {
    TargetName wanted = TargetName.wanted(FakeDestination.DEFAULT_NAMESPACE, "orders");
    FakeStore.@Nullable Published table =
        target.read(new FakeDestination(target, options(), FaultPlan.none()).identify(wanted));
    return table == null ? List.of() : sorted(table.rows());
  }

  /** Returns rows, sorted by their text. */
  public static List<String> sorted(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  private static FakeDestinationOptions options() {
    return FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.NONE);
  }
}
