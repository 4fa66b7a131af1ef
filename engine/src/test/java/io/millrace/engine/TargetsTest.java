package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TargetName;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where streams land: namespaces, prefixes, and names that meet. */
final class TargetsTest {
  @TempDir private Path temp;

  @Test
  void namespacesAndPrefix() {
    assertThat(targets(new NamespaceRule.OfDestination(), "")).containsExactly("main.orders");
    assertThat(targets(new NamespaceRule.OfSource(), "x_")).containsExactly("shop.x_orders");
    assertThat(targets(new NamespaceRule.Custom("raw_${SOURCE_NAMESPACE}"), ""))
        .containsExactly("raw_shop.orders");
  }

  @Test
  void streamsWhoseNamesMeetStayApartAndKeepTheirTargets() {
    World world = new World(temp);
    world.orders(3);
    world.database.create(
        new StreamName("other", "orders"), World.SCHEMA, List.of("id"), List.of("at"));

    List<String> first = sync(world);
    assertThat(told(world)).containsExactlyInAnyOrder("other.orders", "shop.orders");
    world.events.clear();
    List<String> second = sync(world);

    assertThat(told(world)).isEmpty();
    assertThat(new HashSet<>(first)).hasSize(2);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aStreamThatComesLaterDoesNotTakeAnothersTarget() {
    World world = new World(temp);
    world.orders(3);
    List<String> before = sync(world);
    world.database.create(
        new StreamName("a", "orders"), World.SCHEMA, List.of("id"), List.of("at"));

    List<String> after = sync(world);

    assertThat(after).containsAll(before).hasSize(2);
    assertThat(Set.copyOf(after)).hasSize(2);
    assertThat(world.published()).hasSize(3);
  }

  @Test
  void aStreamThatLandsElsewhereIsReadAgain() {
    World world = new World(temp);
    world.orders(3);
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    SyncSpec usual = world.spec(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());

    SyncSummary moved = run(world, usual, new NamespaceRule.OfDestination(), "new_");

    assertThat(moved.streams().getFirst().tally().rowsRead()).isEqualTo(3);
  }

  @Test
  void aStateGivenBeforeTheFirstSyncHoldsWhereverTheStreamLands() {
    World world = new World(temp);
    FakeTable orders = world.orders(3);
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    StreamMemory synced = Objects.requireNonNull(world.store.stream(World.ORDERS));
    orders.insert(World.rows(4, 5));
    TargetName nowhere = new TargetName(null, "orders", "\0orders");

    for (String prefix : List.of("", "new_")) {
      world.store.saveStream(
          new StreamMemory(
              World.ORDERS, nowhere, nowhere, 0, false, synced.state(), List.of(), false, null));
      SyncSpec usual = world.spec(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
      SyncSummary begun = run(world, usual, new NamespaceRule.OfDestination(), prefix);

      assertThat(begun.streams().getFirst().tally().rowsRead()).as("prefix " + prefix).isEqualTo(2);
      world.engine().conclude(world.store, begun);
    }
    assertThat(world.published()).hasSize(5);
  }

  /** Returns the streams of which the user was told that they got a target of their own. */
  private static List<String> told(World world) {
    return world.events.stream()
        .filter(SyncEvent.Noticed.class::isInstance)
        .map(event -> ((SyncEvent.Noticed) event).notice())
        .filter(notice -> notice.code().equals("target_distinguished"))
        .map(notice -> Objects.requireNonNull(notice.stream()).display())
        .toList();
  }

  private List<String> targets(NamespaceRule rule, String prefix) {
    World world = new World(temp);
    world.orders(1);
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    return run(world, usual, rule, prefix).streams().stream().map(StreamSummary::target).toList();
  }

  private static SyncSummary run(World world, SyncSpec usual, NamespaceRule rule, String prefix) {
    SyncSpec spec =
        new SyncSpec(
            usual.connectionId(),
            usual.source(),
            usual.destination(),
            usual.streams(),
            usual.defaults(),
            rule,
            prefix,
            usual.schemaChanges());
    return world.engine().sync(spec, world.store, event -> {}, new Cancellation());
  }

  private static List<String> sync(World world) {
    return world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()).streams().stream()
        .map(StreamSummary::target)
        .toList();
  }
}
