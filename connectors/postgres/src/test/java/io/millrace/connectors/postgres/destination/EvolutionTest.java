package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that exist are respected, widened and never narrowed. */
@ExtendWith(AllocatorExtension.class)
final class EvolutionTest {
  private static final Field ID = Fields.of("id", new LogicalType.Int(64));

  private Rig rig;
  private long sync;

  EvolutionTest() {}

  @BeforeEach
  void open(BufferAllocator allocator) {
    rig = new Rig(allocator, Map.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Columns: the type there, the type that comes, the type afterwards or a dash for a refusal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "smallint; integer; integer",
        "bigint; integer; bigint",
        "integer; numeric(10,2); numeric(12,2)",
        "bigint; numeric; numeric",
        "numeric; bigint; numeric",
        "numeric(5,2); numeric(10,4); numeric(10,4)",
        "numeric(12,1); numeric(10,4); numeric(15,4)",
        "numeric(8,2); integer; numeric(12,2)",
        "real; double precision; double precision",
        "double precision; real; double precision",
        "integer; double precision; double precision",
        "bigint; double precision; text",
        "character varying(5); character varying(9); character varying(9)",
        "character varying(9); character varying(5); character varying(9)",
        "character varying(9); text; text",
        "character varying; text; character varying",
        "character(3); character(5); character(5)",
        "character(3); text; text",
        "text; character varying(5); text",
        "text; integer; text",
        "integer; text; text",
        "boolean; integer; text",
        "date; timestamp without time zone; timestamp without time zone",
        "timestamp without time zone; date; timestamp without time zone",
        "timestamp(3) without time zone; timestamp without time zone; timestamp without time zone",
        "timestamp without time zone; timestamp with time zone; text",
        "json; jsonb; json",
        "jsonb; json; jsonb",
        "jsonb; text; text",
        "uuid; text; text",
        "bytea; text; text",
        "interval(3); interval; interval",
        "interval; interval(3); interval",
        "inet; text; -",
        "inet; cidr; -",
        "integer[]; integer[]; integer[]",
        "integer[]; text[]; -",
        "xml; text; -",
      })
  void columnsAreWidenedAndNeverNarrowed(String there, String comes, String after)
      throws Exception {
    rig.execute("CREATE TABLE t (id bigint, v " + there + ")");
    LoadPlan plan = plan(WriteMode.APPEND, ID, field("v", comes));

    if (after.equals("-")) {
      assertThatThrownBy(() -> rig.destination.open(plan))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("column v of public.t is " + there);
      return;
    }
    rig.destination.open(plan).close();
    assertThat(type("v")).isEqualTo(after);
    assertThat(rig.notices()).hasSize(after.equals(there) ? 0 : 1);
  }

  @Test
  void theUsersOwnColumnsAndOrderStay() throws Exception {
    rig.execute(
        "CREATE TABLE t (extra text DEFAULT 'mine', v text, n int GENERATED ALWAYS AS IDENTITY,"
            + " double int GENERATED ALWAYS AS (n_seed * 2) STORED, id bigint, n_seed int DEFAULT 4)"
                .replace("double", "twice"));
    rig.load(plan(WriteMode.APPEND, ID, field("v", "text")), List.of(Row.of(1L, "a")));

    assertThat(rig.query("SELECT * FROM t")).containsExactly("mine|a|1|8|1|4");
  }

  @Test
  void anIdentityColumnTakesTheStreamsValues() throws Exception {
    rig.execute("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)");
    for (WriteMode mode : List.of(WriteMode.APPEND, WriteMode.APPEND_DEDUP)) {
      LoadPlan plan =
          rig.plan(
              "t", new Schema(List.of(ID, field("v", "text"))), mode, ++sync, List.of("id"), null);
      rig.load(plan, List.of(Row.of(40L + sync, "a")));
    }
    assertThat(rig.query("SELECT id FROM t ORDER BY id")).containsExactly("41", "42");
  }

  @Test
  void aColumnThatMustNotBeNullAndDoesNotComeIsTold() {
    rig.execute("CREATE TABLE t (id bigint, needed text NOT NULL)");

    assertThatThrownBy(() -> rig.destination.open(plan(WriteMode.APPEND, ID)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("needed");
  }

  @Test
  void aComputedColumnCannotBeFilled() {
    rig.execute("CREATE TABLE t (id bigint, v text GENERATED ALWAYS AS ('x') STORED)");

    assertThatThrownBy(() -> rig.destination.open(plan(WriteMode.APPEND, ID, field("v", "text"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("column v");
  }

  @Test
  void aColumnThatAViewReadsCannotBeWidened() {
    rig.execute("CREATE TABLE t (id int)", "CREATE VIEW w AS SELECT id FROM t");

    assertThatThrownBy(() -> rig.destination.open(plan(WriteMode.APPEND, ID)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("public.t");
  }

  @Test
  void duplicatesOfTheKeyAreToldBeforeAnythingIsRead() {
    rig.execute("CREATE TABLE t (id bigint)", "INSERT INTO t VALUES (7), (7)");
    LoadPlan plan =
        rig.plan("t", new Schema(List.of(ID)), WriteMode.APPEND_DEDUP, 1, List.of("id"), null);

    assertThatThrownBy(() -> rig.destination.open(plan))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("(id)=(7)");
  }

  @Test
  void aKeyWithoutOrderIsTold() {
    Schema schema = new Schema(List.of(field("k", "json"), field("c", "point")));

    for (List<String> key : List.of(List.of("k"), List.of("c"))) {
      LoadPlan plan = rig.plan("t", schema, WriteMode.APPEND_DEDUP, ++sync, key, null);
      assertThatThrownBy(() -> rig.destination.open(plan))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("no order");
    }
  }

  @Test
  void aSyncGoesOnWithANewColumnAfterAnInterruption() throws Exception {
    for (WriteMode mode : WriteMode.values()) {
      String table = mode.name().toLowerCase(Locale.ROOT);
      sync++;
      List<String> key = mode.dedups() ? List.of("id") : List.of();
      LoadPlan narrow = rig.plan(table, new Schema(List.of(ID)), mode, sync, key, null);
      try (var loader = rig.destination.open(narrow)) {
        rig.write(loader, narrow, "p0", 0, List.of(Row.of(1L)));
      }
      LoadPlan wide =
          rig.plan(table, new Schema(List.of(field("v", "text"), ID)), mode, sync, key, null);
      try (var loader = rig.destination.open(wide)) {
        assertThat(loader.commits()).hasSize(1);
        rig.write(loader, wide, "p1", 1, List.of(Row.of("new", 2L)));
        loader.finish();
      }
      assertThat(rig.query("SELECT id, v FROM " + table + " ORDER BY id"))
          .containsExactly("1|null", "2|new");
    }
  }

  @Test
  void tooManyColumnsNameTheWayOut() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 1604; i++) {
      fields.add(Fields.of("c" + i, new LogicalType.Bool()));
    }
    LoadPlan plan = rig.plan("t", new Schema(fields), WriteMode.OVERWRITE, 1);

    assertThatThrownBy(() -> rig.destination.open(plan))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("1604")
        .hasMessageContaining("metadata_columns: none");
  }

  @Test
  void sixteenHundredColumnsAreLoaded() throws Exception {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 1600; i++) {
      fields.add(Fields.of("c" + i, new LogicalType.Bool()));
    }
    Row row = new Row(Collections.<@Nullable Object>nCopies(1600, true));
    rig.load(rig.plan("t", new Schema(fields), WriteMode.OVERWRITE, 1), List.of(row, row));

    assertThat(rig.one("SELECT count(*) FROM t WHERE c0 AND c1599")).isEqualTo("2");
  }

  private LoadPlan plan(WriteMode mode, Field... fields) {
    return rig.plan("t", new Schema(List.of(fields)), mode, ++sync);
  }

  private String type(String column) {
    return rig.one(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass"
            + " AND attname = '"
            + column
            + "'");
  }

  private static Field field(String name, String type) {
    return Fields.of(name, new LogicalType.Text(), true, new NativeType("postgresql", type));
  }
}
