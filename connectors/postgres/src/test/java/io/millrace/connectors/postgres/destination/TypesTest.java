package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.ByteSink;
import io.millrace.codec.TextForm;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Notice;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.TypeCase;
import io.millrace.testkit.servers.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
final class TypesTest {
  private static final int VERSION = PostgresServer.shared().majorVersion();
  private static final Field NUMBER = Fields.of("n", new LogicalType.Int(64));
  private static final Field INTERVAL = text("i", "interval");

  private Rig rig;

  TypesTest() {}

  @BeforeEach
  void open(BufferAllocator allocator) {
    rig = new Rig(allocator, Map.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void everyTypeOfTheLatticeLandsExactlyInBinaryForm() throws Exception {
    for (TypeCase type : TypeCase.all()) {
      checkCase(type, List.of());
    }
  }

  @Test
  void everyTypeOfTheLatticeLandsExactlyInTextForm() throws Exception {
    for (TypeCase type : TypeCase.all()) {
      checkCase(type, List.of(INTERVAL));
    }
  }

  @Test
  void everyTypeOfTheLatticeLandsInATextColumn() throws Exception {
    for (TypeCase type : TypeCase.all()) {
      rig.execute("DROP TABLE IF EXISTS t", "CREATE TABLE t (n bigint, v text)");
      checkCase(type, List.of());
    }
  }

  private void checkCase(TypeCase type, List<Field> more) throws Exception {
    List<Field> fields = new ArrayList<>(List.of(NUMBER, Fields.of("v", type.type())));
    fields.addAll(more);
    Schema schema = new Schema(fields);
    List<Row> rows = new ArrayList<>();
    for (Object value : type.values()) {
      rows.add(row(rows.size(), value, more));
    }
    rows.add(row(rows.size(), null, more));
    WriteReceipt receipt = load(schema, rows);
    boolean nul = type.type() instanceof LogicalType.Text;
    assertThat(receipt.rejected()).as(type.toString()).hasSize(nul ? 1 : 0);
    List<String> expected = expected(type, schema, rows);
    boolean json = rig.one("SELECT pg_typeof(v)::text FROM t LIMIT 1").equals("jsonb");
    if (json) {
      for (String line : expected) {
        String[] parts = line.split("\\|", 2);
        @Nullable String value =
            parts[1].equals("null") && parts[0].equals(last(rows)) ? null : parts[1];
        assertThat(found(parts[0], value)).as(type + ": " + line).isEqualTo("t");
      }
    } else {
      assertThat(rig.query("SELECT n, v::text FROM t ORDER BY n"))
          .as(type.toString())
          .containsExactlyElementsOf(expected);
    }
    rig.execute("DROP TABLE t");
  }

  private static String last(List<Row> rows) {
    return Integer.toString(rows.size() - 1);
  }

  private String found(String number, @Nullable String json) {
    String value = json == null ? "NULL" : "$json$" + json + "$json$::jsonb";
    return rig.one("SELECT v IS NOT DISTINCT FROM " + value + " FROM t WHERE n = " + number);
  }

  private static Row row(int number, @Nullable Object value, List<Field> more) {
    return more.isEmpty()
        ? Row.of((long) number, value)
        : Row.of((long) number, value, "1 mon 02:03:04.5");
  }

  /** What PostgreSQL prints, by the codec's own rule; rows with a NUL are left out. */
  private List<String> expected(TypeCase type, Schema schema, List<Row> rows) {
    List<String> expected = new ArrayList<>();
    try (VectorSchemaRoot root = Batches.root(rig.allocator, schema, rows)) {
      var vector = root.getVector("v");
      var cells = TextForm.cells(vector);
      for (int row = 0; row < rows.size(); row++) {
        ByteSink text = new ByteSink(16);
        if (!vector.isNull(row)) {
          cells.write(row, text);
        }
        String value = vector.isNull(row) ? "null" : text.toString();
        boolean array = type.type() instanceof LogicalType.Vector && !isText();
        if (value.indexOf('\0') < 0) {
          expected.add(row + "|" + (array ? value.replace('[', '{').replace(']', '}') : value));
        }
      }
    }
    return expected;
  }

  private boolean isText() {
    return rig.one("SELECT pg_typeof(v)::text FROM t LIMIT 1").equals("text");
  }

  @Test
  void typesOfPostgresqlStayWhatTheyAre() throws Exception {
    rig.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'o''k')", "CREATE DOMAIN small AS int CHECK (VALUE < 9)");
    String[][] cases = {
      {"interval", "1 year 2 mons -3 days +04:05:06.789"},
      {"interval(3)", "00:00:00.123"},
      {"numeric", "123456789012345678901234567890123456789012345678901234.000100"},
      {"numeric", "-0.00000000000000000000000000000000000000000000000000012"},
      {"numeric", "NaN"},
      {"numeric", "Infinity"},
      {"numeric", "-Infinity"},
      {"numeric", "0"},
      {"numeric", "0.00"},
      {"numeric", "-10000"},
      {"numeric", "99999999"},
      {"numeric(50,20)", "123456789012345678901234567890.12345678901234567890"},
      {"integer[]", "[2:4]={1,NULL,3}"},
      {"text[]", "{\"a b\",\"\\\\\",NULL,\"NULL\",\"\"}"},
      {"numeric(20,4)[]", "{{1.5000,2.0000},{3.0000,4.0000}}"},
      {"inet", "192.168.0.1/24"},
      {"cidr", "10.0.0.0/8"},
      {"macaddr", "08:00:2b:01:02:03"},
      {"character varying(20)", "twenty characters !!"},
      {"character(5)", "ab   "},
      {"\"char\"", "x"},
      {"name", "a_name"},
      {"bit(5)", "10110"},
      {"bit varying(9)", "101"},
      {"int4range", "[1,5)"},
      {"tstzrange", "[\"2020-01-01 00:00:00+00\",)"},
      {"int4multirange", "{[1,3),[5,7)}"},
      {"money", "$1,234.56"},
      {"point", "(1.5,2)"},
      {"tsvector", "'fat':2 'rat':3"},
      {"xml", "<a b=\"1\">x</a>"},
      {"time with time zone", "12:34:56.789+02"},
      {"timestamp(3) without time zone", "2020-01-01 00:00:00.123"},
      {"pg_lsn", "16/B374D848"},
      {"oid", "4294967295"},
      {"mood", "o'k"},
      {"mood[]", "{sad,o'k}"},
      {"small", "8"},
      {"jsonpath", "$.\"a\""},
    };
    for (String[] each : cases) {
      if (VERSION < 14 && (each[0].endsWith("multirange") || each[1].endsWith("Infinity"))) {
        continue;
      }
      Schema schema = new Schema(List.of(text("v", each[0])));
      assertThat(load(schema, List.of(Row.of(each[1]), Row.of((Object) null))).rejected())
          .as(each[0])
          .isEmpty();
      assertThat(rig.query("SELECT v FROM t WHERE v IS NOT NULL")).containsExactly(each[1]);
      String type =
          "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
              + " WHERE attrelid = 't'::regclass AND attname = 'v'";
      assertThat(rig.one(type)).isEqualTo(each[0]);
      load(schema, List.of(Row.of(each[1])));
      rig.execute("DROP TABLE t");
    }
    assertThat(rig.notices()).isEmpty();
  }

  @Test
  void typesThatDoNotExistHereAreTextWithANotice() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                text("a", "hstore"),
                text("b", "no_such_type(1)"),
                text("c", "int); DROP TABLE x; --"),
                text("d", "regclass"),
                text("e", "record"),
                text("f", "setof int"),
                text("g", "pg_class")));
    load(schema, List.of(Row.of("1", "2", "3", "4", "5", "6", "7")));

    assertThat(
            rig.query(
                "SELECT DISTINCT format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attnum > 0"))
        .containsExactly("text");
    List<String> told = rig.notices().stream().map(Notice::message).toList();
    assertThat(told).hasSize(7);
    assertThat(told.get(0))
        .isEqualTo("The column a is text: its type `hstore` does not exist here.");
    assertThat(told.get(3))
        .isEqualTo(
            "The column d is text: its type `regclass` names things of the database that it comes"
                + " from.");
    assertThat(told.get(4)).contains("`record` cannot be a column's");
    assertThat(told.get(6)).contains("`pg_class` is that of a table's rows here");
  }

  @Test
  void listsKeepTheirNativeArrayType() throws Exception {
    LogicalType list = new LogicalType.ListOf(new LogicalType.ListOf(new LogicalType.Text()));
    Field field = Fields.of("v", list, true, new NativeType("postgresql", "text[]"));
    load(
        new Schema(List.of(field)),
        List.of(Row.of(List.of(List.of("a\"b", "c\\d\t"), List.of("NULL", "")))));

    assertThat(rig.one("SELECT v[1][1] || v[1][2] || v[2][1] || v[2][2] FROM t"))
        .isEqualTo("a\"bc\\d\tNULL");
  }

  @Test
  void valuesThatCannotBeStoredAreRefusedWithTheirRow() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("id", new LogicalType.Int(64)),
                Fields.of("t", new LogicalType.Text()),
                Fields.of("j", new LogicalType.Json()),
                text("n", "numeric"),
                Fields.of("l", new LogicalType.ListOf(new LogicalType.Text()))));
    List<Row> rows =
        List.of(
            Row.of(1L, "fine", "{}", "1", List.of("a")),
            Row.of(2L, "nul\0", "{}", "1", List.of("a")),
            Row.of(3L, "x", "{\"a\":}", "1", List.of("a")),
            Row.of(4L, "x", "\"\\u0000\"", "1", List.of("a")),
            Row.of(5L, "x", "\"\\ud800\"", "1", List.of("a")),
            Row.of(6L, "x", "{}", "1e5", List.of("a")),
            Row.of(7L, "x", "{}", "1", List.of("a", "\0")),
            Row.of(8L, "fine", null, null, null));
    LoadPlan plan = rig.plan("t", schema, WriteMode.OVERWRITE_DEDUP, 1, List.of("id"), null);
    WriteReceipt receipt;
    try (StreamLoader loader = rig.destination.open(plan)) {
      receipt = rig.write(loader, plan, "p0", 0, rows);
      loader.finish();
    }

    assertThat(rig.query("SELECT id FROM t ORDER BY id")).containsExactly("1", "8");
    assertThat(receipt.rejected())
        .extracting(RejectedRow::position)
        .containsExactlyInAnyOrder("id=2", "id=3", "id=4", "id=5", "id=6", "id=7");
    assertThat(receipt.rejected())
        .filteredOn(row -> row.position().equals("id=4"))
        .first()
        .satisfies(row -> assertThat(row.reason()).contains("\\u0000"))
        .satisfies(row -> assertThat(row.column()).isEqualTo("j"));
  }

  @Test
  void airbytesColumnsHaveAirbytesTypes() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("_airbyte_raw_id", new LogicalType.Text()),
                Fields.of("_airbyte_extracted_at", new LogicalType.TimestampTz()),
                Fields.of("_airbyte_meta", new LogicalType.Json()),
                Fields.of("_airbyte_generation_id", new LogicalType.Int(64))));
    load(schema, List.of());

    assertThat(
            rig.query(
                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum"))
        .containsExactly("character varying", "timestamp with time zone", "jsonb", "bigint");
  }

  private long sync;

  private WriteReceipt load(Schema schema, List<Row> rows) throws InterruptedException {
    LoadPlan plan = rig.plan("t", schema, WriteMode.APPEND, ++sync);
    try (StreamLoader loader = rig.destination.open(plan)) {
      WriteReceipt receipt = rig.write(loader, plan, "p0", 0, rows);
      loader.finish();
      return receipt;
    }
  }

  private static Field text(String name, String nativeType) {
    return Fields.of(name, new LogicalType.Text(), true, new NativeType("postgresql", nativeType));
  }
}
