package io.millrace.connectors.faker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tuning;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.golden.GoldenFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
class FakerDataTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
  private static final Instant END = Instant.parse("2025-01-01T00:00:00Z");

  @Test
  void makesUsersThatLookLikePeople(BufferAllocator allocator) throws InterruptedException {
    List<Row> users = shop(allocator, 1_000, 7, false).read("users");

    assertThat(users).hasSize(1_000);
    Set<Object> emails = new HashSet<>();
    for (int i = 0; i < users.size(); i++) {
      Row user = users.get(i);
      assertThat(user.values()).doesNotContainNull();
      assertThat(user.get(0)).isEqualTo(i + 1L);
      Instant created = (Instant) Objects.requireNonNull(user.get(1));
      assertThat((Instant) Objects.requireNonNull(user.get(2))).isBetween(created, END);
      assertThat((Long) Objects.requireNonNull(user.get(5))).isBetween(16L, 66L);
      assertThat(user.get(6)).asString().matches("[a-z]+\\d{4}\\+" + (i + 1) + "@[a-z.]+");
      assertThat(emails.add(user.get(6))).isTrue();
      assertThat(user.get(7)).asString().matches("\\+1-\\(\\d{3}\\)-\\d{3}-\\d{4}");
      assertThat(user.get(13)).asString().matches("1\\.[5-9]\\d");
      Map<?, ?> address = (Map<?, ?>) Objects.requireNonNull(user.get(16));
      assertThat(address).hasSize(7).doesNotContainValue(null);
      assertThat(address.get("postal_code")).asString().matches("\\d{5}");
    }
    assertThat(users.stream().map(user -> user.get(3)).distinct().count()).isGreaterThan(80);
  }

  /** The data of a seed are a promise: people compare them from version to version. */
  @Test
  void makesTheSameDataForTheSameSeed(BufferAllocator allocator) throws InterruptedException {
    Shop shop = shop(allocator, 1_000, 7, false);
    StringBuilder rows = new StringBuilder();
    for (String table : List.of("users", "products", "purchases")) {
      shop.read(table).subList(0, 3).forEach(row -> rows.append(row).append('\n'));
    }
    GoldenFile.check(Path.of("src/test/resources/golden/seed-7.txt"), rows.toString());
    assertThat(shop.read("users")).isEqualTo(shop(allocator, 1_000, 7, false).read("users"));
    assertThat(shop.read("users")).isNotEqualTo(shop(allocator, 1_000, 8, false).read("users"));
  }

  @Test
  void makesARowFromItsIdAlone(BufferAllocator allocator) throws InterruptedException {
    List<Row> few = shop(allocator, 500, 7, false).read("users");
    Tuning small = new Tuning(4_096, 7, 8, 0);
    Map<String, Object> config =
        Map.of("count", 250_000, "seed", 7, "always_updated", false, "parallelism", 3);
    Shop many = Shop.of(allocator, NOW, small, config);
    ConfiguredStream stream = Shop.stream("users", SyncMode.FULL_REFRESH_APPEND);
    List<Row> begun =
        many.read(stream, many.source().plan(stream, null).partitions().getFirst(), null, 100)
            .rows();
    assertThat(few).startsWith(begun.subList(0, 500).toArray(Row[]::new));
  }

  @Test
  void letsPurchasesPointToUsersAndProducts(BufferAllocator allocator) throws InterruptedException {
    for (int count : List.of(0, 1, 5, 6, 7, 8, 10, 16, 99, 1_000)) {
      Shop shop = shop(allocator, count, 7, false);
      List<Row> purchases = shop.read("purchases");
      assertThat(shop.read("products")).hasSize(Math.min(100, count));
      for (int i = 0; i < purchases.size(); i++) {
        Row purchase = purchases.get(i);
        assertThat(purchase.get(0)).isEqualTo(i + 1L);
        assertThat((Long) Objects.requireNonNull(purchase.get(1))).isBetween(1L, (long) count);
        assertThat((Long) Objects.requireNonNull(purchase.get(2)))
            .isBetween(1L, Math.min(100L, count));
      }
      assertThat(purchases).hasSize(count % 10 == 6 || count % 10 == 7 ? count - 1 : count);
    }
  }

  @Test
  void keepsTheTimesOfAPurchaseInOrder(BufferAllocator allocator) throws InterruptedException {
    List<Row> purchases = shop(allocator, 10_000, 7, false).read("purchases");
    int purchased = 0;
    int returned = 0;
    for (Row purchase : purchases) {
      Instant created = (Instant) Objects.requireNonNull(purchase.get(3));
      Instant last = (Instant) Objects.requireNonNull(purchase.get(5));
      assertThat(last).isBetween(created, END);
      if (purchase.get(6) instanceof Instant at) {
        purchased++;
        assertThat(at).isBetween(last, END);
        last = at;
      }
      if (purchase.get(7) instanceof Instant at) {
        returned++;
        assertThat(purchase.get(6)).isNotNull();
        assertThat(at).isBetween(last, END);
        last = at;
      }
      assertThat(purchase.get(4)).isEqualTo(last);
    }
    assertThat(purchased).isBetween(6_800, 7_200);
    assertThat(returned).isBetween(950, 1_150);
  }

  @Test
  void keepsTheCatalogueWhateverTheSeed(BufferAllocator allocator) throws InterruptedException {
    List<Row> products = shop(allocator, 1_000, 7, false).read("products");
    assertThat(products).hasSize(100).isEqualTo(shop(allocator, 5_000, 8, false).read("products"));
    assertThat(
            products.stream()
                .map(row -> List.of(String.valueOf(row.get(1)), String.valueOf(row.get(2))))
                .distinct()
                .count())
        .isEqualTo(100);
    for (Row product : products) {
      assertThat((BigDecimal) Objects.requireNonNull(product.get(4)))
          .isBetween(new BigDecimal("1500.00"), new BigDecimal("90000.00"));
    }
  }

  @Test
  void putsTheTimeOfTheSyncOnRowsThatAreAlwaysUpdated(BufferAllocator allocator)
      throws InterruptedException {
    Shop shop = shop(allocator, 20, 7, true);
    for (String table : List.of("users", "products", "purchases")) {
      int column = table.equals("users") ? 2 : table.equals("products") ? 6 : 4;
      assertThat(shop.read(table)).allSatisfy(row -> assertThat(row.get(column)).isEqualTo(NOW));
    }
  }

  private static Shop shop(BufferAllocator allocator, int count, long seed, boolean updated) {
    Map<String, Object> config = Map.of("count", count, "seed", seed, "always_updated", updated);
    return Shop.of(allocator, NOW, Tuning.DEFAULT, config);
  }
}
