package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.MetadataColumns;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.spi.TargetName;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target looks like: with Airbyte's columns, and raw. */
final class LayoutTest {
  private static final long EXTRACTED_AT_MICROS = 1_770_091_506_000_000L;

  @TempDir private Path temp;

  @Test
  void typedTablesHaveAirbytesColumns() {
    FakeStore.Published table = sync(TableLayout.TYPED, MetadataColumns.FULL, "orders");

    assertThat(names(table))
        .containsExactly(
            "id",
            "at",
            "note",
            "_airbyte_raw_id",
            "_airbyte_extracted_at",
            "_airbyte_meta",
            "_airbyte_generation_id");
    Row row = table.rows().getFirst();
    assertThat(String.valueOf(row.get(3)))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(String.valueOf(row.get(4)))
        .isIn("2026-02-03T04:05:06Z", Long.toString(EXTRACTED_AT_MICROS));
    assertThat(row.get(5)).hasToString("{\"sync_id\":1,\"changes\":[]}");
    assertThat(row.get(6)).isEqualTo(1L);
    assertThat(table.rows().stream().map(each -> each.get(3)).distinct()).hasSize(3);
  }

  @Test
  void rawTablesHoldTheRowAsJson() {
    FakeStore.Published table = sync(TableLayout.RAW, MetadataColumns.FULL, "_airbyte_raw_orders");

    assertThat(names(table))
        .containsExactly("_airbyte_ab_id", "_airbyte_emitted_at", "_airbyte_data");
    assertThat(table.rows().stream().map(row -> String.valueOf(row.get(2))))
        .containsExactlyInAnyOrder(
            "{\"id\":1,\"at\":10,\"note\":\"note 1\"}",
            "{\"id\":2,\"at\":20,\"note\":\"note 2\"}",
            "{\"id\":3,\"at\":30,\"note\":\"note 3\"}");
  }

  private FakeStore.Published sync(TableLayout layout, MetadataColumns columns, String target) {
    World world = new World(temp);
    world.orders(3);
    world.destinationOptions = FakeDestinationOptions.DEFAULT.shaped(layout, columns);
    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    TargetName name =
        new FakeDestination(world.target, world.destinationOptions, FaultPlan.none())
            .identify(TargetName.wanted(null, target));
    return Objects.requireNonNull(world.target.read(name));
  }

  private static List<String> names(FakeStore.Published table) {
    return table.schema().getFields().stream().map(Field::getName).toList();
  }
}
