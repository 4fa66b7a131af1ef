package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.ColumnNames;
import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names of any length and script keep apart, and one name stays one name. */
@ExtendWith(AllocatorExtension.class)
final class NamesTest {
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\0",
          "a\0b",
          "\"",
          "\"\"; DROP TABLE x; --",
          ".",
          "a.b",
          "🚀",
          "🚀".repeat(20),
          "ß".repeat(40),
          "x".repeat(63),
          "x".repeat(64),
          "x".repeat(65),
          "lone \ud83d half",
          "ctid",
          "oid",
          "xmin",
          "tableoid",
          "_millrace_commits",
          "_MILLRACE_x",
          "İ",
          "i\u0307",
          "select",
          "new\nline",
          "\t");

  @Test
  void everyNameIsKeptWholeAndIdempotent() {
    for (String name : HOSTILE) {
      for (String made : List.of(Names.relation(name), Names.column(name))) {
        assertThat(PgIdentifiers.fits(made)).as(name).isTrue();
        assertThat(made).isNotEmpty().doesNotContain("\0").doesNotStartWith("_millrace");
      }
      assertThat(Names.relation(Names.relation(name))).isEqualTo(Names.relation(name));
      assertThat(Names.column(Names.column(name))).isEqualTo(Names.column(name));
    }
    assertThat(HOSTILE.stream().map(Names::relation)).doesNotHaveDuplicates();
    assertThat(Names.relation("x".repeat(63))).isEqualTo("x".repeat(63));
    assertThat(Names.relation("orders")).isEqualTo("orders");
  }

  @Test
  void aColumnKeepsItsNameWhateverTheOthersAreCalled() {
    String long1 = "x".repeat(70);
    String taken = Names.column(long1);
    List<String> fields = List.of(long1, taken, "a");

    List<String> columns = ColumnNames.of(fields);

    assertThat(columns.get(1)).isEqualTo(taken);
    assertThat(columns.get(2)).isEqualTo("a");
    assertThat(new HashSet<>(columns)).hasSize(3);
    assertThat(ColumnNames.renamed(fields, columns)).containsOnlyKeys(long1);
  }

  @Test
  void identifyIsPureAndTellsTablesApart(BufferAllocator allocator) {
    try (Rig rig = new Rig(allocator, Map.of("schema", "my schema"))) {
      TargetName once = rig.destination.identify(TargetName.wanted(null, "T"));
      assertThat(once.namespace()).isEqualTo("my schema");
      assertThat(rig.destination.identify(once)).isEqualTo(once);
      assertThat(rig.destination.identify(TargetName.wanted("my schema", "T"))).isEqualTo(once);
      assertThat(rig.destination.identify(TargetName.wanted(null, "t")).identity())
          .isNotEqualTo(once.identity());
      assertThat(rig.destination.identify(TargetName.wanted("a.b", "c")).identity())
          .isNotEqualTo(rig.destination.identify(TargetName.wanted("a", "b.c")).identity());
    }
  }

  @Test
  void hostileNamesOfColumnsSchemaAndTableWorkInEveryMode(BufferAllocator allocator)
      throws Exception {
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : HOSTILE) {
      values.add("v" + fields.size());
      fields.add(Fields.of(name, new LogicalType.Text()));
    }
    Schema schema = new Schema(fields);
    try (Rig rig = new Rig(allocator, Map.of("schema", "s\"'; .\\🚀"))) {
      String name = "t\"'; .\\🚀";
      long sync = 0;
      for (WriteMode mode : WriteMode.values()) {
        List<String> key = mode.dedups() ? List.of("a.b", "ctid") : List.of();
        for (int i = 0; i < 2; i++) {
          LoadPlan plan = rig.plan(name + mode, schema, mode, ++sync, key, "\"");
          rig.load(plan, List.of(new Row(values)));
          try (var loader = rig.destination.open(plan)) {
            assertThat(loader.target().fullName())
                .isEqualTo("\"s\"\"'; .\\🚀\".\"t\"\"'; .\\🚀" + mode + "\"");
          }
          String table = plan.target().identity();
          List<String> columns = ColumnNames.of(HOSTILE);
          StringBuilder sql = new StringBuilder("SELECT DISTINCT ");
          columns.forEach(column -> sql.append(PgIdentifiers.quote(column)).append(","));
          assertThat(rig.query(sql + "0 FROM " + table))
              .containsExactly(
                  String.join("|", values.stream().map(String::valueOf).toList()) + "|0");
        }
      }
    }
  }
}
