package io.millrace.testkit.contract.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TargetName;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.JUnitRun;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.EncodingDestination;
import io.millrace.testkit.fake.EncodingSource;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeSource;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** The fakes pass their rows on encoded; one that changes a value on the way is caught. */
final class FakeEncodedRowsTest {
  private static final StreamName NAME = new StreamName("shop", "orders");
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)), Fields.of("note", new LogicalType.Text())));
  private static final AtomicReference<UnaryOperator<Row>> CHANGE =
      new AtomicReference<>(row -> row);

  /** The contract of whatever destination is being looked at. */
  static final class Contract implements EncodedRowsSuite {
    @Override
    public EncodedRowsFixture encodedRows() {
      BufferAllocator allocator = new RootAllocator();
      FakeDatabase database = new FakeDatabase();
      database.create(NAME, SCHEMA, List.of(), List.of()).insert(rows());
      FakeStore store = new FakeStore();
      FakeSource source =
          new FakeSource(
              database,
              FakeSourceOptions.DEFAULT,
              FaultPlan.none(),
              TestContext.of(allocator, Path.of("target")).connector());
      FakeDestination destination =
          new FakeDestination(store, FakeDestinationOptions.DEFAULT, FaultPlan.none());
      return new EncodedRowsFixture(
          new EncodingSource(source, allocator),
          new EncodingDestination(destination, allocator, CHANGE.get()),
          new ConfiguredStream(
              NAME,
              List.of("id", "note"),
              SyncMode.FULL_REFRESH_OVERWRITE,
              null,
              List.of(),
              Set.of()),
          target -> published(store, target));
    }

    private static List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (long id = 0; id < 50; id++) {
        rows.add(Row.of(id, id % 7 == 0 ? null : "note " + id));
      }
      return rows;
    }

    private static List<String> published(FakeStore store, TargetName target) {
      return Objects.requireNonNull(store.read(target)).rows().stream().map(Row::toString).toList();
    }
  }

  @Test
  void fakesKeepTheContract() {
    JUnitRun run = JUnitRun.of(Contract.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).hasSize(3);
  }

  @Test
  void whoNullsAValueOnTheWayFails() {
    CHANGE.set(row -> Objects.equals(row.get(0), 11L) ? Row.of(11L, null) : row);
    try {
      JUnitRun run = JUnitRun.of(Contract.class, "encodedRowsLandAsDecodedOnesDo");

      assertThat(run.failures().values())
          .singleElement()
          .satisfies(
              failure ->
                  assertThat(failure)
                      .hasMessageContaining("rows that landed encoded")
                      .hasMessageContaining("note 11"));
    } finally {
      CHANGE.set(row -> row);
    }
  }
}
