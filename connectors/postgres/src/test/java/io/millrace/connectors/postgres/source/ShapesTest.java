package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Relations that are not plain tables, and those that cannot be read. */
@ExtendWith(AllocatorExtension.class)
final class ShapesTest {
  private static final int COLUMNS_MAX = 1_600;

  @Test
  void partitionsComeThroughTheirParentOnce(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE parts (id bigint, version bigint, note text) PARTITION BY RANGE (id)",
        "CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM (0) TO (1000)",
        "CREATE TABLE parts_b (note text, gone int, version bigint, id bigint)",
        "ALTER TABLE parts_b DROP COLUMN gone",
        "ALTER TABLE parts ATTACH PARTITION parts_b FOR VALUES FROM (1000) TO (2000)",
        "CREATE TABLE parts_c PARTITION OF parts FOR VALUES FROM (2000) TO (9000)"
            + " PARTITION BY RANGE (id)",
        "CREATE TABLE parts_c1 PARTITION OF parts_c DEFAULT",
        "INSERT INTO parts SELECT i, i, 'n' || i FROM generate_series(0, 2999) i");
    assertThat(rig.discover(Map.of()))
        .extracting(one -> one.name().name())
        .containsExactly("parts");
    assertThat(rig.read("parts", "id", "note")).containsExactlyInAnyOrderElementsOf(rows(0, 3000));
    try (Source source = rig.open()) {
      ConfiguredStream stream =
          SourceRig.stream("parts", SyncMode.INCREMENTAL_APPEND, "id", "note");
      StreamState state = SourceRig.read(source, stream, null).state;
      rig.execute("INSERT INTO parts SELECT i, i, 'n' || i FROM generate_series(3000, 3002) i");
      try (Source next = rig.open()) {
        SourceRig.Result second = SourceRig.read(next, stream, state);
        assertThat(second.rows).containsExactlyInAnyOrderElementsOf(rows(3000, 3003));
        assertThat(second.plan.partitions()).hasSize(1);
      }
    }
  }

  @Test
  void anInheritanceParentBringsItsChildrenOnce(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE parent (id bigint, note text)",
        "CREATE TABLE child (extra int) INHERITS (parent)",
        "CREATE TABLE other (id bigint, note text)",
        "CREATE TABLE joint () INHERITS (parent, other)",
        "CREATE TABLE grandchild () INHERITS (child, joint)",
        "INSERT INTO parent VALUES (0, 'n0')",
        "INSERT INTO child VALUES (1, 'n1', 5)",
        "INSERT INTO joint VALUES (2, 'n2')",
        "INSERT INTO grandchild (id, note) VALUES (3, 'n3')");
    assertThat(rig.read("parent", "id", "note")).containsExactlyInAnyOrderElementsOf(rows(0, 4));
    assertThat(rig.read("child", "id", "note"))
        .containsExactlyInAnyOrder(Row.of(1L, "n1"), Row.of(3L, "n3"));
  }

  @Test
  void viewsAreReadByTheirCursor(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE base (id bigint, version bigint)",
        "INSERT INTO base SELECT i, i FROM generate_series(0, 9) i",
        "CREATE VIEW seen AS SELECT id, version FROM base",
        "CREATE MATERIALIZED VIEW kept AS SELECT id, version FROM base");
    for (String name : List.of("seen", "kept")) {
      ConfiguredStream stream = SourceRig.stream(name, SyncMode.INCREMENTAL_APPEND, "id");
      try (Source source = rig.open()) {
        SourceRig.Result first = SourceRig.read(source, stream, null);
        assertThat(first.rows).hasSize(10);
        assertThat(SourceRig.read(source, stream, first.state).plan.partitions()).isEmpty();
        rig.execute(
            "INSERT INTO base VALUES (100, (SELECT max(version) FROM base)), (101, 500)",
            "REFRESH MATERIALIZED VIEW kept");
        try (Source later = rig.open()) {
          SourceRig.Result second = SourceRig.read(later, stream, first.state);
          assertThat(second.rows).contains(Row.of(100L), Row.of(101L)).hasSizeLessThan(6);
        }
      }
      rig.execute("DELETE FROM base WHERE id > 50", "REFRESH MATERIALIZED VIEW kept");
    }
  }

  @Test
  void aTableMayHaveAsManyColumnsAsThereCanBe(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    String[] columns = new String[COLUMNS_MAX];
    for (int i = 0; i < COLUMNS_MAX; i++) {
      columns[i] = "c" + i;
    }
    rig.execute(
        "CREATE TABLE wide (" + String.join(" int, ", columns) + " int)",
        "INSERT INTO wide SELECT "
            + String.join(", ", Collections.nCopies(COLUMNS_MAX, "i"))
            + " FROM generate_series(0, 99) i");
    List<Row> rows = rig.read("wide", columns);
    assertThat(rows).hasSize(100);
    assertThat(rows.get(42)).isEqualTo(Row.of(Collections.nCopies(COLUMNS_MAX, 42L).toArray()));
  }

  @Test
  void foreignTablesAreRead(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE far (id bigint, note text)",
        "INSERT INTO far SELECT i, 'n' || i FROM generate_series(0, 99) i",
        "CREATE EXTENSION postgres_fdw",
        "CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', port '"
            + rig.server.port()
            + "', dbname '"
            + rig.database
            + "')",
        "CREATE USER MAPPING FOR postgres SERVER here OPTIONS (user 'postgres')",
        "CREATE FOREIGN TABLE near (id bigint, note text) SERVER here"
            + " OPTIONS (table_name 'far')",
        "CREATE TABLE mixed (id bigint, note text) PARTITION BY LIST (id)",
        "CREATE TABLE mixed_here PARTITION OF mixed FOR VALUES IN (0)",
        "CREATE FOREIGN TABLE mixed_far PARTITION OF mixed DEFAULT SERVER here"
            + " OPTIONS (table_name 'far')",
        "INSERT INTO mixed_here VALUES (0, 'n0')",
        "DELETE FROM far WHERE id = 0");
    assertThat(rig.read("near", "id", "note")).containsExactlyInAnyOrderElementsOf(rows(1, 100));
    assertThat(rig.read("mixed", "id", "note")).containsExactlyInAnyOrderElementsOf(rows(0, 100));
  }

  @Test
  void rightsToColumnsAreEnough(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "DO $$BEGIN CREATE ROLE little LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END$$",
        "CREATE TABLE secret (id bigint, pin text, note text)",
        "INSERT INTO secret SELECT i, 'geheim', 'n' || i FROM generate_series(0, 9) i",
        "GRANT SELECT (id, note) ON secret TO little",
        "CREATE TABLE own (id bigint, owner text, note text)",
        "INSERT INTO own SELECT i, CASE WHEN i < 5 THEN 'little' END, 'n' || i"
            + " FROM generate_series(0, 9) i",
        "ALTER TABLE own ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON own USING (owner = current_user)",
        "GRANT SELECT ON own TO little",
        "CREATE TABLE closed (id bigint)");
    try (Source source = rig.open(Map.of("username", "little"))) {
      assertThat(
              SourceRig.read(
                      source,
                      SourceRig.stream("secret", SyncMode.FULL_REFRESH_OVERWRITE, "id", "note"),
                      null)
                  .rows)
          .containsExactlyInAnyOrderElementsOf(rows(0, 10));
      assertThat(
              SourceRig.read(
                      source,
                      SourceRig.stream("own", SyncMode.FULL_REFRESH_OVERWRITE, "id", "note"),
                      null)
                  .rows)
          .containsExactlyInAnyOrderElementsOf(rows(0, 5));
      assertRefused(source, "secret", "no_rights", "pin");
      assertRefused(source, "closed", "no_rights", "id");
      assertThat(rig.notices()).extracting(notice -> notice.code()).contains("row_security");
    }
  }

  @Test
  void whatCannotBeReadSaysWhy(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE base (id bigint)",
        "INSERT INTO base VALUES (0)",
        "CREATE MATERIALIZED VIEW empty AS SELECT id FROM base WITH NO DATA",
        "CREATE VIEW failing AS SELECT 1 / id AS id FROM base",
        "CREATE TABLE hollow ()");
    try (Source source = rig.open()) {
      assertRefused(source, "empty", "not_populated", "id");
      ConfiguredStream failing = SourceRig.stream("failing", SyncMode.FULL_REFRESH_OVERWRITE, "id");
      ConfigException failure =
          catchThrowableOfType(ConfigException.class, () -> SourceRig.read(source, failing, null));
      assertThat(failure).hasMessageContaining("public.failing").hasMessageContaining("division");
      assertRefused(source, "base", "cursor_missing", SyncMode.INCREMENTAL_APPEND, "id");
    }
    assertThat(rig.discover(Map.of()))
        .filteredOn(one -> !one.hasFields())
        .extracting(one -> one.name().name())
        .containsExactly("hollow");
  }

  @Test
  void xminModeRefusesViews(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE base (id bigint, version bigint)",
        "CREATE VIEW seen AS SELECT id, version FROM base");
    Map<String, Object> xmin = Map.of("replication_method", "Xmin");
    assertThat(rig.discover(xmin))
        .extracting(StreamDescriptor::incremental)
        .containsExactly(true, false);
    try (Source source = rig.open(xmin)) {
      assertRefused(source, "seen", "not_incremental", SyncMode.INCREMENTAL_APPEND, "id");
    }
  }

  private static void assertRefused(Source source, String table, String code, String column) {
    assertRefused(source, table, code, SyncMode.FULL_REFRESH_OVERWRITE, column);
  }

  private static void assertRefused(
      Source source, String table, String code, SyncMode mode, String column) {
    ConfiguredStream stream =
        new ConfiguredStream(
            new StreamName("public", table),
            List.of(column),
            mode,
            null,
            List.of(),
            java.util.Set.of());
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> source.plan(stream, null));
    assertThat(failure).as(table).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining("public." + table);
  }

  private static List<Row> rows(long first, long next) {
    return LongStream.range(first, next).mapToObj(i -> Row.of(i, "n" + i)).toList();
  }
}
