package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.testkit.arrow.AllocatorExtension;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
final class DiscoveryTest {
  private static final int TABLES_PER_TRANSACTION = 500;

  @Test
  void findsTablesAndViewsAndNothingElse(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE SCHEMA sales",
        "CREATE SCHEMA _millrace_state",
        "CREATE SCHEMA airbyte_internal",
        "CREATE EXTENSION pg_stat_statements",
        "CREATE TABLE sales.\"Größe ü\" (id int)",
        "CREATE TABLE b (id int)",
        "CREATE VIEW a AS SELECT 1 AS id",
        "CREATE MATERIALIZED VIEW c AS SELECT 1 AS id",
        "CREATE TABLE _millrace_commits (id int)",
        "CREATE TABLE _airbyte_raw_x (id int)",
        "CREATE TABLE _millrace_state.t (id int)",
        "CREATE TABLE airbyte_internal.t (id int)",
        "CREATE SEQUENCE s",
        "CREATE TEMP TABLE tmp (id int)");
    assertThat(rig.discover(Map.of()))
        .extracting(StreamDescriptor::name)
        .containsExactly(
            new StreamName("public", "a"),
            new StreamName("public", "b"),
            new StreamName("public", "c"),
            new StreamName("sales", "Größe ü"));
    assertThat(rig.discover(Map.of("schemas", List.of("sales"))))
        .extracting(StreamDescriptor::name)
        .containsExactly(new StreamName("sales", "Größe ü"));
  }

  /** As many as the system property {@code millrace.test.tables} says. */
  @Test
  void findsEachOfManyTables(BufferAllocator allocator) throws Exception {
    int tables = Integer.getInteger("millrace.test.tables", 600);
    SourceRig rig = new SourceRig(allocator);
    for (int first = 0; first < tables; first += TABLES_PER_TRANSACTION) {
      rig.execute(
          String.format(
              Locale.ROOT,
              "DO $$BEGIN FOR i IN %d..%d LOOP EXECUTE 'CREATE TABLE many_' || i || ' (id bigint"
                  + " PRIMARY KEY, name text, price numeric(15,2), at timestamptz, note"
                  + " varchar(20))'; END LOOP; END$$",
              first,
              Math.min(tables, first + TABLES_PER_TRANSACTION) - 1));
    }
    AtomicInteger found = new AtomicInteger();
    long start = System.nanoTime();
    try (Source source = rig.open()) {
      source.discover(
          one -> {
            assertThat(one.schema().getFields()).hasSize(5);
            assertThat(one.primaryKey()).containsExactly("id");
            found.incrementAndGet();
          });
    }
    assertThat(found).hasValue(tables);
    System.out.printf(
        Locale.ROOT, "%d tables in %.2f s%n", tables, (System.nanoTime() - start) / 1e9);
  }

  @Test
  void describesKeysCursorsAndSize(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE t (note text, b int, created date, a int, at timestamptz,"
            + " updated_at timestamp, flag boolean, PRIMARY KEY (a, b))",
        "INSERT INTO t SELECT 'n', i, now(), i, now(), now(), true FROM generate_series(1, 500) i",
        "CREATE TABLE never_analysed (id int)",
        "CREATE TABLE parts (id int) PARTITION BY RANGE (id)",
        "CREATE TABLE parts_1 PARTITION OF parts DEFAULT",
        "INSERT INTO parts SELECT generate_series(1, 300)",
        "ANALYZE t, parts_1");
    List<StreamDescriptor> found = rig.discover(Map.of());
    StreamDescriptor t = found.getLast();
    assertThat(t.primaryKey()).containsExactly("a", "b");
    assertThat(t.cursorFields()).containsExactly("updated_at", "at", "created", "b", "a", "note");
    assertThat(t.incremental()).isTrue();
    assertThat(t.estimatedRows()).isEqualTo(500);
    assertThat(t.estimatedBytes()).isBetween(8_192L, 100_000L);
    assertThat(found.getFirst().estimatedRows()).isEqualTo(-1);
    assertThat(found.get(1).estimatedRows()).isEqualTo(300);
  }
}
