package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Notice;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about streams before they are read. */
final class SelectionTest {
  @TempDir private Path temp;
  private World world = new World(Path.of(""));

  @BeforeEach
  void begin() {
    world = new World(temp);
    world.orders(3);
  }

  @Test
  void aCursorThatNobodyNamedIsNamedUntilThereIsAState() {
    SyncPreview plan =
        world.engine().plan(world.spec(SyncMode.INCREMENTAL_APPEND, FaultPlan.none()), world.store);
    assertThat(plan.notices()).extracting(Notice::message).first().asString().contains("column at");
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    assertThat(notices()).extracting(Notice::code).containsExactly("cursor_chosen");
    assertThat(notices().getFirst().message()).contains("shop.orders").contains("column at");
    world.events.clear();
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    assertThat(notices()).isEmpty();
  }

  @Test
  void nothingIsChosenForAFullRefresh() {
    world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    assertThat(notices()).isEmpty();
  }

  @Test
  void aStreamWithoutFieldsIsLeftOutWithAWord() {
    world.database.create(
        new StreamName("shop", "hollow"), new Schema(List.of()), List.of(), List.of());
    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(summary.streams()).extracting(StreamSummary::stream).containsExactly(World.ORDERS);
    assertThat(notices()).extracting(Notice::code).containsExactly("stream_without_columns");
  }

  private List<Notice> notices() {
    return world.events.stream()
        .filter(SyncEvent.Noticed.class::isInstance)
        .map(event -> ((SyncEvent.Noticed) event).notice())
        .toList();
  }
}
