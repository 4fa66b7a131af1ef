package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.mapper.Condition;
import io.millrace.engine.mapper.Mapper;
import io.millrace.spi.ConfigException;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.Notice;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs whose streams have mappers. */
final class MapperSyncTest {
  private static final Mapper HASH_ID = new Mapper.Hashing("id", Mapper.Method.SHA_256, "_h");
  private static final Mapper NOT_TWO =
      new Mapper.RowFiltering(new Condition.Not(List.of(new Condition.Equal("id", "2"))));
  private static final Mapper ENCRYPT =
      new Mapper.AesEncryption(
          "note", "_x", new Secret("00".repeat(16)), Mapper.AesMode.CBC, Mapper.AesPadding.NONE);

  @TempDir private Path temp;
  private World world = new World(Path.of(""));
  private FakeTable table = world.orders(0);

  @BeforeEach
  void begin() {
    world = new World(temp);
    table = world.orders(3);
  }

  @Test
  void rowsAreMappedAndEveryRowIsAccountedFor() {
    world.mappers = List.of(NOT_TWO, HASH_ID, new Mapper.FieldRenaming("note", "remark"));

    Tally tally = tally(world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()));

    assertThat(published().schema().getFields())
        .extracting(Field::getName)
        .containsExactly("id_h", "at", "remark");
    assertThat(world.published())
        .containsExactlyInAnyOrder(
            Row.of(sha256("1"), 10L, "note 1").toString(),
            Row.of(sha256("3"), 30L, "note 3").toString());
    assertThat(tally.rowsRead()).isEqualTo(3);
    assertThat(tally.rowsWritten()).isEqualTo(2);
    assertThat(tally.rowsFiltered()).isEqualTo(1);
    assertThat(tally.rowsQuarantined()).isZero();
    assertThat(tally.balanced()).isTrue();
  }

  @Test
  void rowsInQuarantineAreCountedBesideTheFiltered() {
    world.sourceOptions = world.sourceOptions.rejecting(row -> Objects.equals(row.get(0), 3L));
    world.mappers = List.of(NOT_TWO, HASH_ID);

    Tally tally = tally(world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()));

    assertThat(List.of(tally.rowsRead(), tally.rowsWritten(), tally.rowsFiltered()))
        .containsExactly(3L, 1L, 1L);
    assertThat(tally.rowsQuarantined()).isEqualTo(1);
    assertThat(world.store.quarantined().getFirst().row().value()).doesNotContain("note 3");
  }

  @Test
  void aHashedKeyTellsRowsApartFromSyncToSync() {
    world.mappers = List.of(HASH_ID);
    world.sync(SyncMode.INCREMENTAL_APPEND_DEDUP, FaultPlan.none());
    table.upsert(Row.of(2L, 200L, "changed"));

    world.sync(SyncMode.INCREMENTAL_APPEND_DEDUP, FaultPlan.none());

    assertThat(world.published())
        .containsExactlyInAnyOrder(
            Row.of(sha256("1"), 10L, "note 1").toString(),
            Row.of(sha256("2"), 200L, "changed").toString(),
            Row.of(sha256("3"), 30L, "note 3").toString());
  }

  @Test
  void theCursorStaysTheSourcesColumn() {
    world.mappers =
        List.of(new Mapper.FieldRenaming("id", "number"), new Mapper.FieldRenaming("at", "moment"));
    world.sync(SyncMode.INCREMENTAL_APPEND_DEDUP, FaultPlan.none());
    table.insert(List.of(Row.of(4L, 40L, "note 4")));

    Tally tally = tally(world.sync(SyncMode.INCREMENTAL_APPEND_DEDUP, FaultPlan.none()));

    assertThat(tally.rowsRead()).isEqualTo(1);
    assertThat(world.published()).hasSize(4);
  }

  @Test
  void anAppendMayHashItsCursor() {
    world.mappers = List.of(new Mapper.Hashing("at", Mapper.Method.MD5, ""));

    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    table.insert(List.of(Row.of(4L, 40L, "note 4")));
    Tally tally = tally(world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none()));

    assertThat(tally.rowsRead()).isEqualTo(1);
    assertThat(published().schema().getFields())
        .extracting(Field::getName)
        .containsExactly("id", "at", "note");
  }

  @Test
  void whatAKeyOrACursorNeedsIsRefused() {
    assertRefused(
        List.of(new Mapper.FieldFiltering("id")), "leave out id, which is part of the primary key");
    assertRefused(
        List.of(
            new Mapper.AesEncryption(
                "id",
                "_x",
                new Secret("00".repeat(16)),
                Mapper.AesMode.GCM,
                Mapper.AesPadding.NONE)),
        "the encryption of one value differs each time");
    assertRefused(
        List.of(new Mapper.Hashing("at", Mapper.Method.MD5, "_h")),
        "hash or encrypt at, the cursor by which the newest row of a key is known");
    assertRefused(
        List.of(new Mapper.FieldFiltering("gone")),
        "Stream shop.orders: Mapper 1 (field-filtering) is about the field gone");
  }

  @Test
  void valuesThatCannotBeMappedAreNullAndTheirRowsSaySo() {
    world.destinationOptions =
        FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.FULL);
    table.insert(List.of(Row.of(4L, 40L, "sixteen bytes it")));
    world.mappers = List.of(ENCRYPT);

    Tally tally = tally(world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()));

    assertThat(tally.rowsWritten()).isEqualTo(4);
    List<Row> rows = published().rows();
    assertThat(rows)
        .filteredOn(row -> row.get(2) == null)
        .hasSize(3)
        .allSatisfy(
            row ->
                assertThat(row.get(5))
                    .hasToString(
                        "{\"sync_id\":1,\"changes\":[{\"field\":\"note_x\",\"change\":\"NULLED\","
                            + "\"reason\":\"PLATFORM_SERIALIZATION_ERROR\"}]}"));
    assertThat(rows)
        .filteredOn(row -> row.get(2) != null)
        .hasSize(1)
        .allSatisfy(row -> assertThat(row.get(5)).hasToString("{\"sync_id\":1,\"changes\":[]}"));
    assertThat(world.events)
        .filteredOn(SyncEvent.Noticed.class::isInstance)
        .map(event -> ((SyncEvent.Noticed) event).notice())
        .filteredOn(notice -> notice.code().equals("values_nulled"))
        .map(Notice::message)
        .singleElement()
        .asString()
        .contains("note_x: 3");
  }

  @Test
  void anEmptiedTargetKeepsItsShape() {
    world.mappers = List.of(HASH_ID);
    world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec spec =
        world
            .spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none())
            .emptying(Map.of(World.ORDERS, seen()));

    SyncEngine engine = world.engine();
    engine.conclude(world.store, engine.sync(spec, world.store, event -> {}, new Cancellation()));

    assertThat(world.published()).isEmpty();
    assertThat(published().schema().getFields())
        .extracting(Field::getName)
        .containsExactly("id_h", "at", "note");
  }

  /** Returns what the stream looked like at the source when it was last read. */
  private Schema seen() {
    StreamMemory memory = Objects.requireNonNull(world.store.stream(World.ORDERS));
    return Objects.requireNonNull(memory.open()).fields();
  }

  private void assertRefused(List<Mapper> mappers, String sentence) {
    world.mappers = mappers;
    assertThatThrownBy(() -> selected())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(sentence);
  }

  /** The stream is named, so what is wrong with it ends the sync. */
  private void selected() {
    SyncSpec all = world.spec(SyncMode.INCREMENTAL_APPEND_DEDUP, FaultPlan.none());
    SyncSpec named =
        new SyncSpec(
            all.connectionId(),
            all.source(),
            all.destination(),
            List.of(new StreamSelection(StreamPattern.exactly(World.ORDERS), StreamOptions.NONE)),
            all.defaults(),
            all.namespace(),
            all.prefix(),
            all.schemaChanges());
    world.engine().sync(named, world.store, event -> {}, new Cancellation());
  }

  private FakeStore.Published published() {
    TargetName name =
        new FakeDestination(world.target, world.destinationOptions, FaultPlan.none())
            .identify(TargetName.wanted(FakeDestination.DEFAULT_NAMESPACE, "orders"));
    return Objects.requireNonNull(world.target.read(name));
  }

  private static Tally tally(SyncSummary summary) {
    assertThat(summary.status()).as(summary.toString()).isEqualTo(SyncStatus.SUCCEEDED);
    return summary.streams().getFirst().tally();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
