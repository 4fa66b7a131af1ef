package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.mapper.Mapper;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.testkit.fake.EncodingDestination;
import io.millrace.testkit.fake.EncodingSource;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeSource;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows pass encoded where nobody has to look into them, and decoded everywhere else. */
final class EncodedRowsTest {
  private static final int ROWS = 60;

  @TempDir private Path temp;
  private World world;
  private final AtomicReference<EncodingDestination> destination = new AtomicReference<>();

  @BeforeEach
  void fill() {
    world = new World(temp);
    world.orders(ROWS);
  }

  @Test
  void plainRowsPassEncoded() {
    SyncSummary summary = sync(SyncMode.FULL_REFRESH_OVERWRITE);

    assertThat(summary.streams().getFirst().tally().rowsWritten()).isEqualTo(ROWS);
    assertThat(summary.streams().getFirst().tally().bytesRead()).isPositive();
    assertThat(world.published()).isEqualTo(World.sorted(World.rows(1, ROWS)));
    assertThat(destination.get().encodedRows()).isEqualTo(ROWS);
  }

  @Test
  void metadataColumnsFollowEncodedRows() {
    world.destinationOptions =
        FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.FULL);

    sync(SyncMode.FULL_REFRESH_APPEND);

    assertThat(destination.get().encodedRows()).isEqualTo(ROWS);
    assertThat(world.published())
        .hasSize(ROWS)
        .allSatisfy(row -> assertThat(row).contains("{\"sync_id\":1,\"changes\":[]}"));
  }

  @Test
  void keysAreLookedAtDecoded() {
    sync(SyncMode.FULL_REFRESH_OVERWRITE_DEDUP);

    assertThat(destination.get().encodedRows()).isZero();
    assertThat(world.published()).hasSize(ROWS);
  }

  @Test
  void mappersLookIntoDecodedRows() {
    world.mappers = List.of(new Mapper.FieldRenaming("note", "remark"));

    sync(SyncMode.FULL_REFRESH_APPEND);

    assertThat(destination.get().encodedRows()).isZero();
    assertThat(world.published()).hasSize(ROWS);
  }

  @Test
  void theRawLayoutIsMadeOfDecodedRows() {
    world.destinationOptions =
        FakeDestinationOptions.DEFAULT.shaped(TableLayout.RAW, MetadataColumns.FULL);

    SyncSummary summary = sync(SyncMode.FULL_REFRESH_OVERWRITE);

    assertThat(destination.get().encodedRows()).isZero();
    assertThat(summary.streams().getFirst().tally().rowsWritten()).isEqualTo(ROWS);
  }

  private SyncSummary sync(SyncMode mode) {
    SyncSpec spec =
        new SyncSpec(
            "shop",
            context ->
                new EncodingSource(
                    new FakeSource(world.database, world.sourceOptions, FaultPlan.none(), context),
                    context.allocator()),
            context -> {
              destination.set(
                  new EncodingDestination(
                      new FakeDestination(world.target, world.destinationOptions, FaultPlan.none()),
                      context.allocator()));
              return destination.get();
            },
            List.of(),
            new StreamOptions(mode, null, null, null, null).with(world.mappers),
            new NamespaceRule.OfDestination(),
            "",
            world.schemaChanges);
    SyncEngine engine = world.engine();
    SyncSummary summary = engine.sync(spec, world.store, event -> {}, new Cancellation());
    engine.conclude(world.store, summary);
    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    return summary;
  }
}
