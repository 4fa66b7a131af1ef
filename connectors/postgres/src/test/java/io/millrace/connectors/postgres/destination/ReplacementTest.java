package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What hangs on a table survives its replacement, or the user is told before anything is read. */
@ExtendWith(AllocatorExtension.class)
final class ReplacementTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("name", new LogicalType.Text()),
              Fields.of("total", new LogicalType.Decimal(15, 2))));
  private static final String TABLE = "CREATE TABLE t (id bigint, name text, total numeric(15,2))";

  private Rig rig;
  private long sync;

  ReplacementTest() {}

  @BeforeEach
  void open(BufferAllocator allocator) {
    rig = new Rig(allocator, Map.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void everythingThatHangsOnTheTableSurvivesTheSwap() throws Exception {
    String other = rig.database + "_reader";
    rig.execute(
        "CREATE ROLE " + other,
        "CREATE TABLE parent (id bigint PRIMARY KEY)",
        "INSERT INTO parent SELECT * FROM generate_series(1, 9)",
        "CREATE TABLE t (name text DEFAULT 'none' NOT NULL, id bigint, total numeric(15,2),"
            + " CONSTRAINT \"the key\" PRIMARY KEY (id), CONSTRAINT one_name UNIQUE (name)"
            + " DEFERRABLE INITIALLY DEFERRED, CONSTRAINT positive CHECK (total > 0),"
            + " CONSTRAINT known FOREIGN KEY (id) REFERENCES parent,"
            + " CONSTRAINT alone EXCLUDE USING btree (id WITH =)) WITH (fillfactor = 80)",
        "CREATE INDEX \"by USING it\" ON t USING btree (lower(name) DESC) INCLUDE (total)"
            + " WHERE total > 1",
        "CREATE STATISTICS together ON id, total FROM t",
        "COMMENT ON TABLE t IS 'it''s a table'",
        "COMMENT ON COLUMN t.name IS 'a \\ name'",
        "GRANT SELECT ON t TO " + other + " WITH GRANT OPTION",
        "GRANT SELECT ON t TO PUBLIC",
        "GRANT UPDATE (name) ON t TO " + other,
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON t AS RESTRICTIVE FOR SELECT TO " + other + " USING (id > 0)",
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.id > 5)"
            + " EXECUTE FUNCTION nothing()",
        "ALTER TABLE t DISABLE TRIGGER tr",
        "CREATE VIEW v WITH (security_barrier = true) AS SELECT id, upper(name) AS u FROM t",
        "CREATE VIEW \"v of V\" AS SELECT u, (SELECT max(total) FROM t) FROM v",
        "CREATE MATERIALIZED VIEW m AS SELECT * FROM \"v of V\"",
        "GRANT SELECT ON v TO " + other,
        "INSERT INTO t VALUES ('old', 1, 1)");
    String before = describe();
    String oid = rig.one("SELECT 't'::regclass::oid");

    load(List.of(Row.of(2L, "new", new java.math.BigDecimal("2.50"))));

    assertThat(rig.one("SELECT 't'::regclass::oid")).isNotEqualTo(oid);
    assertThat(rig.query("SELECT u, max FROM \"v of V\"")).containsExactly("NEW|2.50");
    assertThat(describe()).isEqualTo(before);
    rig.execute("REFRESH MATERIALIZED VIEW m");
    assertThat(rig.query("SELECT u FROM m")).containsExactly("NEW");
    assertThat(rig.notices()).isEmpty();
  }

  /** Everything about the table that a user can see, in the catalog's words. */
  private String describe() {
    return rig.one(
        """
        SELECT concat_ws(E'\\n',
          (SELECT string_agg(pg_get_indexdef(indexrelid) || indisprimary, E'\\n' ORDER BY 1)
             FROM (SELECT * FROM pg_index WHERE indrelid = 't'::regclass ORDER BY indexrelid::regclass::text) i),
          (SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), E'\\n' ORDER BY conname)
             FROM pg_constraint WHERE conrelid = 't'::regclass AND contype <> 'n'),
          (SELECT string_agg(attname || ' ' || attnotnull || ' ' || coalesce(attacl::text, '-') || ' '
                             || coalesce(pg_get_expr(adbin, adrelid), '-') || ' '
                             || coalesce(col_description(attrelid, attnum), '-'), E'\\n' ORDER BY attname)
             FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = 't'::regclass AND attnum > 0),
          (SELECT concat_ws(' ', (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(relacl) a), reloptions, relreplident, relrowsecurity, relowner,
                            obj_description(oid)) FROM pg_class WHERE oid = 't'::regclass),
          (SELECT string_agg(pg_get_triggerdef(oid) || tgenabled::text, E'\\n')
             FROM pg_trigger WHERE tgrelid = 't'::regclass AND NOT tgisinternal),
          (SELECT string_agg(pg_get_statisticsobjdef(oid), E'\\n')
             FROM pg_statistic_ext WHERE stxrelid = 't'::regclass),
          (SELECT string_agg(concat_ws(' ', policyname, permissive, roles, cmd, qual, with_check), E'\\n')
             FROM pg_policies WHERE tablename = 't'),
          (SELECT string_agg(concat_ws(' ', relname, relacl, reloptions, pg_get_viewdef(oid)), E'\\n' ORDER BY relname)
             FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace))
        """);
  }

  @Test
  void aMaterializedViewMeansThatRowsAreReplacedWithin() throws Exception {
    rig.execute(TABLE, "INSERT INTO t VALUES (1, 'old', 1)");
    rig.execute("CREATE MATERIALIZED VIEW m AS SELECT name FROM t");
    String oid = rig.one("SELECT 't'::regclass::oid");

    load(List.of(Row.of(2L, "new", null)));

    assertThat(rig.one("SELECT 't'::regclass::oid")).isEqualTo(oid);
    assertThat(rig.query("SELECT id FROM t")).containsExactly("2");
    rig.execute("REFRESH MATERIALIZED VIEW m");
    assertThat(rig.query("SELECT name FROM m")).containsExactly("new");
    assertThat(rig.notices()).hasSize(1);
    assertThat(rig.notices().getFirst().message()).contains("materialized view m");
  }

  @Test
  void aColumnThatAViewReadsStaysWhenTheStreamLosesIt() throws Exception {
    rig.execute(
        "CREATE TABLE t (id bigint, gone text, name text, total numeric(15,2))",
        "CREATE VIEW v AS SELECT id, gone FROM t");

    load(List.of(Row.of(2L, "new", null)));

    assertThat(rig.query("SELECT id, gone FROM v")).containsExactly("2|null");
    assertThat(rig.notices().getFirst().message()).contains("gone");
  }

  @Test
  void publicationsFunctionsSequencesAndInheritanceKeepTheTable() throws Exception {
    rig.execute(
        TABLE,
        "ALTER TABLE t ADD COLUMN number serial",
        "CREATE TABLE child (more int) INHERITS (t)",
        "CREATE FUNCTION f(t) RETURNS bigint LANGUAGE sql AS 'SELECT $1.id'",
        "CREATE PUBLICATION p FOR TABLE t");
    assertThatThrownBy(() -> load(List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("REPLICA IDENTITY FULL");
    rig.execute("ALTER TABLE t REPLICA IDENTITY FULL");

    load(List.of(Row.of(2L, "new", null)));

    assertThat(rig.query("SELECT id, number, f(t) FROM ONLY t")).containsExactly("2|1|2");
    assertThat(rig.notices().getFirst().message())
        .contains("publication p", "function f(t)", "sequence t_number_seq", "table child");
  }

  @Test
  void everyModeWorksWhereAllTablesArePublished() throws Exception {
    rig.execute("CREATE PUBLICATION everything FOR ALL TABLES");
    for (WriteMode mode : WriteMode.values()) {
      List<String> key = mode.dedups() ? List.of("id") : List.of();
      LoadPlan plan = rig.plan(mode.name(), SCHEMA, mode, ++sync, key, null);
      rig.load(plan, List.of(Row.of(1L, "a", null), Row.of(1L, "b", null)));

      assertThat(rig.one("SELECT count(*) FROM \"" + mode.name() + '"'))
          .isEqualTo(mode.dedups() ? "1" : "2");
    }
  }

  @Test
  void aForeignKeyOfAnotherTableIsToldBeforeAnythingIsRead() {
    rig.execute(
        "CREATE TABLE t (id bigint PRIMARY KEY, name text, total numeric(15,2))",
        "CREATE TABLE child (parent bigint CONSTRAINT to_t REFERENCES t)");

    assertThatThrownBy(() -> load(List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("to_t of child")
        .hasMessageContaining("public.t");
  }

  @Test
  void aTypeThatAViewReadsAndThatMustWidenIsToldBeforeAnythingIsRead() {
    rig.execute(
        "CREATE TABLE t (id int, name text, total numeric(15,2))",
        "CREATE VIEW v AS SELECT id FROM t");

    assertThatThrownBy(() -> load(List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("column id");
  }

  @Test
  void aViewUnderTheTargetsNameIsRefused() {
    rig.execute("CREATE VIEW t AS SELECT 1");

    assertThatThrownBy(() -> load(List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("public.t is a view");
  }

  @Test
  void aConstraintThatTheNewRowsBreakLeavesTheOldTable() throws Exception {
    rig.execute(
        "CREATE TABLE t (id bigint PRIMARY KEY, name text, total numeric(15,2))",
        "INSERT INTO t VALUES (1, 'old', 1)");

    assertThatThrownBy(() -> load(List.of(Row.of(2L, "a", null), Row.of(2L, "b", null))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("public.t");
    assertThat(rig.query("SELECT name FROM t")).containsExactly("old");
    load(List.of(Row.of(3L, "new", null)));
    assertThat(rig.query("SELECT name FROM t")).containsExactly("new");
  }

  @Test
  void aTableOfAnotherOwnerIsReplacedWithin() throws Exception {
    String user = rig.database + "_loader";
    rig.execute(
        "CREATE ROLE " + user + " LOGIN",
        "GRANT CREATE, USAGE ON SCHEMA public TO " + user,
        TABLE,
        "INSERT INTO t VALUES (1, 'old', 1)",
        "GRANT SELECT, INSERT, DELETE ON t TO " + user);
    try (Destination destination = rig.another(Map.of("username", user))) {
      LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 1);
      try (StreamLoader loader = destination.open(plan)) {
        rig.write(loader, plan, "p", 0, List.of(Row.of(2L, "new", null)));
        loader.finish();
      }
      assertThat(rig.query("SELECT name FROM t")).containsExactly("new");
      rig.execute("REVOKE DELETE ON t FROM " + user);
      LoadPlan next = rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 2);
      assertThatThrownBy(() -> destination.open(next))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("belongs to postgres");
    }
  }

  @Test
  void defaultPrivilegesDoNotWidenWhatTheOldTableAllowed() throws Exception {
    String other = rig.database + "_other";
    rig.execute(
        "CREATE ROLE " + other, TABLE, "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO " + other);

    load(List.of());

    assertThat(rig.one("SELECT has_table_privilege('" + other + "', 't', 'SELECT')"))
        .isEqualTo("f");
  }

  @Test
  void aPartitionedTableIsFilledThroughItsPartitions() throws Exception {
    rig.execute(
        "CREATE TABLE t (id bigint, name text, total numeric(15,2)) PARTITION BY RANGE (id)",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)",
        "INSERT INTO t VALUES (1, 'old', 1)");

    load(List.of(Row.of(2L, "new", null)));

    assertThat(rig.query("SELECT name FROM t1")).containsExactly("new");
  }

  private void load(List<Row> rows) throws InterruptedException {
    rig.load(rig.plan("t", SCHEMA, WriteMode.OVERWRITE, ++sync), rows);
  }
}
