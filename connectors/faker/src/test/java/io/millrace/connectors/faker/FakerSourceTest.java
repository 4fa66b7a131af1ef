package io.millrace.connectors.faker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tuning;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
class FakerSourceTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
  private static final ConfiguredStream USERS =
      Shop.stream("users", SyncMode.INCREMENTAL_APPEND, List.of("updated_at", "id"));

  @Test
  void discoversThreeStreamsInOrder(BufferAllocator allocator) throws InterruptedException {
    List<StreamDescriptor> found = new ArrayList<>();
    shop(allocator, Map.of("count", 26)).source().discover(found::add);
    assertThat(found)
        .extracting(stream -> stream.name().display())
        .containsExactly("products", "purchases", "users");
    assertThat(found).extracting(StreamDescriptor::estimatedRows).containsExactly(26L, 25L, 26L);
    assertThat(found)
        .allSatisfy(
            stream -> {
              assertThat(stream.primaryKey()).containsExactly("id");
              assertThat(stream.cursorFields()).containsExactly("updated_at");
              assertThat(stream.incremental()).isTrue();
            });
  }

  @Test
  void checksByMakingARow(BufferAllocator allocator) throws InterruptedException {
    shop(allocator, Map.of("count", 0)).source().check();
  }

  @Test
  void cutsLargeStreamsIntoRangesThatMeet(BufferAllocator allocator) throws InterruptedException {
    Shop shop = shop(allocator, Map.of("count", 1_000_003, "parallelism", 3, "seed", 7));
    List<Partition> partitions = shop.source().plan(USERS, null).partitions();
    assertThat(partitions).extracting(Partition::id).containsExactly("ids-0", "ids-1", "ids-2");
    long next = 1;
    for (Partition partition : partitions) {
      Range range = Range.of(partition);
      assertThat(range.from()).isEqualTo(next);
      assertThat(partition.estimatedRows()).isEqualTo(range.rows());
      next = range.to() + 1;
    }
    assertThat(next).isEqualTo(1_000_004);
    assertThat(shop(allocator, Map.of("count", 199_999)).source().plan(USERS, null).partitions())
        .hasSize(1);
  }

  @Test
  void goesOnFromACheckpoint(BufferAllocator allocator) throws InterruptedException {
    Map<String, Object> config = Map.of("count", 1_000, "records_per_slice", 30);
    Shop shop = Shop.of(allocator, NOW, new Tuning(2_000, 100, 8, 0), config);
    Partition partition = shop.source().plan(USERS, null).partitions().getFirst();
    List<Row> whole = shop.read(USERS, partition, null, Integer.MAX_VALUE).rows();
    Shop.Part begun = shop.read(USERS, partition, null, 3);
    assertThat(begun.sizes()).containsExactly(90, 90, 90);
    Shop later = Shop.of(allocator, NOW.plusSeconds(60), Tuning.DEFAULT, Map.of("count", 5));
    Resumption resumption =
        later
            .source()
            .resume(
                USERS, null, List.of(new PartitionProgress(partition, begun.checkpoint(), false)));
    assertThat(resumption).isInstanceOf(Resumption.Continue.class);
    assertThat(resumption.partitions()).containsExactly(partition);
    Shop.Part rest = later.read(USERS, partition, begun.checkpoint(), Integer.MAX_VALUE);
    List<Row> both = new ArrayList<>(begun.rows());
    both.addAll(rest.rows());
    assertThat(both).isEqualTo(whole).hasSize(1_000);
    assertThat(later.read(USERS, partition, rest.checkpoint(), 1).rows()).isEmpty();
  }

  @Test
  void readsEveryRowAgainWhenAllAreUpdated(BufferAllocator allocator) throws InterruptedException {
    Shop shop = shop(allocator, Map.of("count", 5, "seed", 7));
    StreamState first = sync(shop, null, 5);
    assertThat(first.token())
        .isEqualTo("{\"next_id\":6,\"seed\":7,\"updated_at\":\"2026-03-04T05:06:07.123456Z\"}");
    // The clock stands still, and yet the rows are newer than before.
    assertThat(sync(shop, first, 5).token()).contains("05:06:07.123457Z");
  }

  @Test
  void readsOnlyNewRowsWhenNoneIsUpdated(BufferAllocator allocator) throws InterruptedException {
    Map<String, Object> five = Map.of("count", 5, "seed", 7, "always_updated", false);
    StreamState first = sync(shop(allocator, five), null, 5);
    assertThat(first.token()).isEqualTo("{\"next_id\":6,\"seed\":7}");
    assertThat(sync(shop(allocator, five), first, 0)).isEqualTo(first);
    Map<String, Object> nine = Map.of("count", 9, "seed", 7, "always_updated", false);
    StreamState second = sync(shop(allocator, nine), first, 4);
    assertThat(second.token()).isEqualTo("{\"next_id\":10,\"seed\":7}");
    Map<String, Object> other = Map.of("count", 9, "seed", 8, "always_updated", false);
    sync(shop(allocator, other), second, 9);
  }

  @Test
  void takesANewSeedForEachSyncOnRequest(BufferAllocator allocator) throws InterruptedException {
    List<Long> seeds = new ArrayList<>();
    for (int second = 0; second < 3; second++) {
      Map<String, Object> config = Map.of("count", 5, "seed", -1);
      Shop shop = Shop.of(allocator, NOW.plusSeconds(second), Tuning.DEFAULT, config);
      seeds.add(Range.of(shop.source().plan(USERS, null).partitions().getFirst()).seed());
    }
    assertThat(seeds).doesNotHaveDuplicates().allMatch(seed -> seed >= 0);
    Map<String, Object> growing = Map.of("count", 9, "always_updated", false);
    StreamState before = new StreamState(1, "{\"next_id\": 6, \"seed\": 1234}");
    assertThat(sync(shop(allocator, growing), before, 4).token()).contains("\"seed\":1234");
  }

  @Test
  void beginsWithNothing(BufferAllocator allocator) throws InterruptedException {
    StreamState state = sync(shop(allocator, Map.of("count", 0)), null, 0);
    Map<String, Object> config = Map.of("count", 3, "always_updated", false);
    sync(shop(allocator, config), state, 3);
  }

  @Test
  void refusesWhatItDoesNotHave(BufferAllocator allocator) {
    Shop shop = shop(allocator, Map.of());
    ConfiguredStream orders =
        new ConfiguredStream(
            new StreamName(null, "orders"),
            List.of(),
            SyncMode.FULL_REFRESH_APPEND,
            null,
            List.of(),
            Set.of());
    assertThatThrownBy(() -> shop.source().plan(orders, null))
        .isInstanceOf(ConfigException.class)
        .hasMessage("source-faker has no stream orders; it has products, purchases, users.");
    ConfiguredStream shoeSize =
        Shop.stream("users", SyncMode.FULL_REFRESH_APPEND, List.of("id", "shoe_size"));
    assertThatThrownBy(() -> shop.source().plan(shoeSize, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no column shoe_size");
    Map<String, Object> config = Map.of("always_updated", false, "seed", 7);
    for (String token : List.of("{}", "{\"seed\":7,\"next_id\":99999999999999999999}")) {
      assertThatThrownBy(
              () -> shop(allocator, config).source().plan(USERS, new StreamState(1, token)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("cannot be read");
    }
  }

  @Test
  void stopsWhenInterrupted(BufferAllocator allocator) throws InterruptedException {
    Shop shop = shop(allocator, Map.of());
    Partition partition = shop.source().plan(USERS, null).partitions().getFirst();
    try (PartitionReader reader = shop.source().read(USERS, partition, null)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(reader::next).isInstanceOf(InterruptedException.class);
    }
  }

  private static Shop shop(BufferAllocator allocator, Map<String, ?> config) {
    return Shop.of(allocator, NOW, Tuning.DEFAULT, config);
  }

  private static StreamState sync(Shop shop, @Nullable StreamState state, int rows)
      throws InterruptedException {
    StreamPlan plan = shop.source().plan(USERS, state);
    assertThat(shop.read(USERS, plan)).hasSize(rows);
    List<PartitionProgress> finished =
        plan.partitions().stream().map(one -> new PartitionProgress(one, null, true)).toList();
    return shop.source().advance(USERS, state, finished);
  }
}
